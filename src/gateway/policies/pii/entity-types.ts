/**
 * Every label of the detector, with the names that Microsoft Presidio and Amazon Bedrock's users know.
 *
 * `group` says when a type is looked for without being named in `entities`: `core` always, `pci` and `healthcare` with
 * `pci_mode` and `healthcare_mode`, `named` only when named (common in harmless text), `best_effort` only when named, and
 * found by cues alone, so that some will be missed.
 *
 * The order is the last tie-break between two readings of the same characters: secrets, cards, accounts, identity numbers
 * with a checksum, then the rest.
 */
const TYPES = {
  PRIVATE_KEY: 'core',
  AWS_SECRET_KEY: 'core',
  AWS_ACCESS_KEY: 'core',
  JWT: 'core',
  API_KEY: 'core',
  PASSWORD: 'core',
  CREDIT_CARD: 'core',
  IBAN_CODE: 'core',
  CRYPTO: 'core',
  US_SSN: 'core',
  US_ITIN: 'core',
  US_MBI: 'core',
  US_NPI: 'core',
  UK_NHS: 'core',
  UK_NINO: 'core',
  CA_SIN: 'core',
  IN_AADHAAR: 'core',
  IN_PAN: 'core',
  DE_TAX_ID: 'core',
  ES_NIE: 'core',
  ES_NIF: 'core',
  FR_NIR: 'core',
  IT_FISCAL_CODE: 'core',
  NL_BSN: 'core',
  PL_PESEL: 'core',
  SE_PERSONNUMMER: 'core',
  FI_HETU: 'core',
  BR_CPF: 'core',
  AU_TFN: 'core',
  AU_ABN: 'core',
  AU_MEDICARE: 'core',
  SG_NRIC: 'core',
  KR_RRN: 'core',
  CN_ID: 'core',
  ZA_ID: 'core',
  EU_VAT: 'core',
  UK_UTR: 'core',
  US_ROUTING_NUMBER: 'core',
  US_PASSPORT: 'core',
  US_DRIVER_LICENSE: 'core',
  US_BANK_NUMBER: 'core',
  VIN: 'core',
  EMAIL_ADDRESS: 'core',
  IP_ADDRESS: 'core',
  MAC_ADDRESS: 'core',
  PHONE_NUMBER: 'core',
  SWIFT_CODE: 'core',
  CVV: 'pci',
  CARD_EXPIRY: 'pci',
  PIN: 'pci',
  MEDICAL_RECORD_NUMBER: 'healthcare',
  HEALTH_INSURANCE_ID: 'healthcare',
  URL: 'named',
  USERNAME: 'named',
  LICENSE_PLATE: 'named',
  DATE_OF_BIRTH: 'named',
  AGE: 'best_effort',
  PERSON: 'best_effort',
  STREET_ADDRESS: 'best_effort',
} as const satisfies Record<string, EntityGroup>;

export type EntityGroup = 'core' | 'pci' | 'healthcare' | 'named' | 'best_effort';
export type EntityType = keyof typeof TYPES;

export const ENTITY_TYPES = Object.keys(TYPES) as readonly EntityType[];

const RANK = new Map<string, number>(ENTITY_TYPES.map((type, rank) => [type, rank]));

/** Position in the order of preference; smaller wins. */
export function rankOf(type: EntityType): number {
  return RANK.get(type) as number;
}

export function groupOf(type: EntityType): EntityGroup {
  return TYPES[type];
}

export function isEntityType(name: string): name is EntityType {
  return RANK.has(name);
}
