namespace MLOpsGovernance.Domain;

/// <summary>
/// Free text as an event holds it: encrypted (AES-256-GCM) under a key of the person it is about, so that destroying the key erases the text
/// while the event, and every proof over it, stays as it is. The domain never reads it.
/// </summary>
/// <param name="KeyId">The key, kept outside the events.</param>
/// <param name="Nonce">12 bytes, base64; never used twice with one key, so it also tells two texts apart.</param>
/// <param name="Cipher">Cipher text followed by the 16-byte tag, base64.</param>
public sealed record Sealed(string KeyId, string Nonce, string Cipher);
