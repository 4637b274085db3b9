import { decodeJwt, errors, type JWTPayload } from 'jose';
import { factAndFix, reasonOf } from '../credentials/credential-failure.js';
import { linkOfRole, type WebIdentityPlan } from '../credentials/credential-plan.js';
import { readToken } from '../credentials/web-identity.js';
import { failed, passed, warned, type Check } from './check.js';

/** What STS takes unless the IAM identity provider lists others. */
const USUAL_AUDIENCE = 'sts.amazonaws.com';
/** The kubelet renews a token at 80 % of its life; one this short before its end was not. */
const SOON_S = 300;

/**
 * Looks at the web identity token as STS will, but for its signature: is it there, is it a JWT, for whom and until when.
 * @param now milliseconds since the epoch.
 */
export async function diagnoseToken(plan: WebIdentityPlan, now: number): Promise<Check> {
  let token: string;
  try {
    token = await readToken(plan.tokenFile, linkOfRole(plan.roleArn));
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined || !(error instanceof Error)) throw error;
    const { fact, fix } = factAndFix(reason, error.message);
    return failed('token_file', fact, fix);
  }
  try {
    return judge(decodeJwt(token), plan.tokenFile, now / 1_000);
  } catch (error) {
    if (!(error instanceof errors.JWTInvalid)) throw error;
    const fix = 'Point it at a projected service account token (a volume of type projected, with serviceAccountToken).';
    return failed('token_file', `${plan.tokenFile} holds no JWT.`, fix);
  }
}

function judge({ aud, exp, sub = 'nobody' }: JWTPayload, file: string, nowSeconds: number): Check {
  const audiences = [aud ?? []].flat();
  const of = `the token of ${sub} in ${file}`;
  if (exp === undefined) {
    const fix = 'Use a projected token; those of service account Secrets have no end and are not accepted.';
    return failed('token_file', `${of} has no expiry.`, fix);
  }
  const until = new Date(exp * 1_000).toISOString();
  const fix =
    'The kubelet renews a projected token by itself. Look at why this one is old: a copy, a subPath mount, a stopped kubelet.';
  if (exp <= nowSeconds) return failed('token_file', `${of} expired at ${until}.`, fix);
  if (exp - nowSeconds < SOON_S) return warned('token_file', `${of} expires at ${until} and was not renewed.`, fix);
  if (!audiences.includes(USUAL_AUDIENCE)) {
    return warned(
      'token_file',
      `${of} is for ${audiences.join(', ') || 'no audience'}, not for ${USUAL_AUDIENCE}.`,
      "Either list this audience at the IAM identity provider and in the role's trust policy, or project a token for sts.amazonaws.com.",
    );
  }
  return passed('token_file', `${of}, good until ${until}.`);
}
