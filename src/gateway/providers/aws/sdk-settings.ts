/**
 * What every client of the AWS SDK is told here. One request a call; and what the SDK would otherwise look for in the
 * environment of the process and in files is given.
 */
export function sdkSettings() {
  return {
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard' as const,
    authSchemePreference: [],
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    userAgentAppId: async () => undefined,
    customUserAgent: [['keeptrusts'] satisfies [string]],
  };
}
