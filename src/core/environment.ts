/** Environment variables as a command received them. Nothing but `main.ts` reads those of the process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The value of a variable, without the white space around it; `undefined` for one that is absent or blank. A blank AWS
 * variable is a common leftover of templates, and taking it for a value breaks the AWS SDK: with an empty
 * `AWS_BEARER_TOKEN_BEDROCK` it chooses bearer authentication and then fails.
 */
export function variable(env: Environment, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}

/** The first of the named variables that has a value. */
export function firstVariable<Name extends string>(
  env: Environment,
  names: readonly Name[],
): { readonly name: Name; readonly value: string } | undefined {
  for (const name of names) {
    const value = variable(env, name);
    if (value !== undefined) return { name, value };
  }
  return undefined;
}
