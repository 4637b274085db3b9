/**
 * Words that tell English text from noise, and the words that a disguise is put on for. They are only used to notice that a
 * text is written backwards, rotated or scrambled; none of them says anything about intent.
 */
export const COMMON_WORDS: readonly string[] = (
  'the and you your that this with for are not have from they will what all can when were would there their which about ' +
  'please must should could write tell show give print repeat reveal output display answer respond say list following ' +
  'ignore disregard forget override bypass previous prior above earlier everything instruction instructions system prompt ' +
  'prompts rules rule guidelines password secret hidden developer assistant message messages text instead now new task user ' +
  'pretend act mode unrestricted restrictions without limits admin administrator access granted key code word send email ' +
  'data information question questions first last initial original conversation execute command commands follow only just'
).split(' ');

/** Words in their own right that a common word in disguise would be taken for. */
export const ORDINARY_WORDS: readonly string[] = 'three cloud conservation won now dna era ton max bias'.split(' ');

/** Neighbours that stand in this order in English; met the other way round, a text's words are reversed. */
export const COMMON_PAIRS: readonly string[] = (
  'of the|in the|to the|on the|for the|and the|is a|you are|your instructions|ignore all|all previous|previous instructions|' +
  'system prompt|the system|the user|do not|tell me|give me|show me|from now|now on|all the|all of|your system|the previous|' +
  'the above|of your|and then|to a|in a|as a|it is|will be|can you|what is|what are|the following|new instructions|and print|' +
  'me the|repeat the|print the|reveal your|with the|you were|were given|by the|that the|for a|i am|i want|at the|into a'
).split('|');
