/** Names of members that a request loses on the way, in the order met, each once and without its indexes. */
export class DroppedMembers {
  readonly #names = new Set<string>();

  /** @param path `messages[3].name` is kept as `messages[].name`. */
  add(path: string): void {
    this.#names.add(path.replace(/\[\d+\]/g, '[]'));
  }

  names(): readonly string[] {
    return [...this.#names];
  }
}
