/** The browser's two ceremonies, from JSON to JSON. What browsers before 2025 lack (parse…FromJSON, toJSON) is done by hand. */
const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const text = (raw: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(raw)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

interface Named {
  readonly id: string;
  readonly type: "public-key";
}
export interface ToMake {
  readonly rp: PublicKeyCredentialRpEntity;
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly challenge: string;
  readonly pubKeyCredParams: PublicKeyCredentialParameters[];
  readonly timeout?: number;
  readonly excludeCredentials?: readonly Named[];
  readonly authenticatorSelection?: AuthenticatorSelectionCriteria;
  readonly attestation?: AttestationConveyancePreference;
}
export interface ToUse {
  readonly challenge: string;
  readonly rpId: string;
  readonly timeout?: number;
  readonly userVerification?: UserVerificationRequirement;
}

/** The person said no, waited too long, or holds a device that can not. */
export class NoPasskey extends Error {}

export const canMake = (): boolean => typeof PublicKeyCredential === "function" && "credentials" in navigator;

/** A new passkey, as the server reads it. Throws NoPasskey. */
export async function make(options: ToMake): Promise<object> {
  const publicKey: PublicKeyCredentialCreationOptions = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: (options.excludeCredentials ?? []).map((one) => ({ ...one, id: bytes(one.id) })),
  };
  const made = await asked(() => navigator.credentials.create({ publicKey }));
  const response = made.response as AuthenticatorAttestationResponse;
  return named(made, {
    attestationObject: text(response.attestationObject),
    clientDataJSON: text(response.clientDataJSON),
    transports: response.getTransports?.() ?? [],
  });
}

/** An answer by one of the passkeys that this device has. Throws NoPasskey. */
export async function use(options: ToUse): Promise<object> {
  const publicKey = { ...options, challenge: bytes(options.challenge) } as PublicKeyCredentialRequestOptions;
  const used = await asked(() => navigator.credentials.get({ publicKey }));
  const response = used.response as AuthenticatorAssertionResponse;
  return named(used, {
    authenticatorData: text(response.authenticatorData),
    clientDataJSON: text(response.clientDataJSON),
    signature: text(response.signature),
    userHandle: response.userHandle ? text(response.userHandle) : null,
  });
}

async function asked(ceremony: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  let found: Credential | null;
  try {
    found = await ceremony();
  } catch (why) {
    throw new NoPasskey("no passkey", { cause: why });
  }
  if (!(found instanceof PublicKeyCredential)) throw new NoPasskey("no passkey");
  return found;
}

function named(one: PublicKeyCredential, response: object): object {
  return { id: one.id, rawId: text(one.rawId), type: one.type, response, clientExtensionResults: {} };
}
