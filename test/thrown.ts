/** The error that `work` rejects with; a failure of its own when it does not reject, or with something else. */
export async function thrown(work: Promise<unknown>): Promise<Error> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error('expected a rejection, got none');
}
