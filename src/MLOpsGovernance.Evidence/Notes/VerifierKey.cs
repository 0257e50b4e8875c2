using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace MLOpsGovernance.Evidence.Notes;

/// <summary>A public key with its name, in the text form <c>name+id+base64(kind, key)</c>, which is what people pass on.</summary>
public sealed class VerifierKey : IEquatable<VerifierKey>
{
    private readonly PublicKey _key;

    internal VerifierKey(string name, NoteKeyKind kind, PublicKey key)
    {
        (Name, Kind, _key) = (name, kind, key);
        Id = IdOf(name, Material);
    }

    public string Name { get; }

    public NoteKeyKind Kind { get; }

    public uint Id { get; }

    /// <summary>The 32 bytes of the Ed25519 key.</summary>
    public byte[] Key => _key.Export(KeyBlobFormat.RawPublicKey);

    private byte[] Material => [(byte)Kind, .. Key];

    /// <exception cref="EvidenceRefusedException">Malformed, of a kind that is not understood, or with an id that does not belong to it.</exception>
    public static VerifierKey Parse(string text)
    {
        // Base64 may hold a +, so that only the first two part the fields.
        if (text.Split('+', 3) is not [var name, var id, var material] || !KeyName.IsWellFormed(name))
            throw Refused("A verifier key is written name+id+key.");
        if (StrictText.Base64(material) is not { Length: > 1 } bytes) throw Refused($"The key of '{name}' is not base64.");
        if (bytes is not [(byte)NoteKeyKind.Note or (byte)NoteKeyKind.Cosignature, ..] || bytes.Length != 33)
            throw Refused($"The key of '{name}' is of a kind that is not understood; Ed25519 notes (01) and cosignatures (04) are.");
        if (id != $"{IdOf(name, bytes):x8}") throw Refused($"The id {id} does not belong to the key of '{name}'.");
        return From(name, (NoteKeyKind)bytes[0], bytes.AsSpan(1));
    }

    /// <exception cref="EvidenceRefusedException">Not a name, or not an Ed25519 key.</exception>
    public static VerifierKey From(string name, NoteKeyKind kind, ReadOnlySpan<byte> publicKey)
    {
        if (!KeyName.IsWellFormed(name)) throw Refused("The name of a key is not empty and has neither white space nor + in it.");
        return PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key)
            ? new(name, kind, key!)
            : throw Refused($"The key of '{name}' is no Ed25519 key.");
    }

    /// <summary>Whether these bytes, as they stand in a note after the key's id, sign this text.</summary>
    public bool Verifies(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => Kind switch
    {
        NoteKeyKind.Note => signature.Length == 64 && SignatureAlgorithm.Ed25519.Verify(_key, text, signature),
        _ => signature.Length == 72
             && SignatureAlgorithm.Ed25519.Verify(_key, Cosigned.Message(BinaryPrimitives.ReadUInt64BigEndian(signature), text), signature[8..]),
    };

    public bool Equals(VerifierKey? other) => other is not null && Name == other.Name && Kind == other.Kind && _key.Equals(other._key);

    public override bool Equals(object? obj) => Equals(obj as VerifierKey);

    public override int GetHashCode() => HashCode.Combine(Id, Name);

    public override string ToString() => $"{Name}+{Id:x8}+{Convert.ToBase64String(Material)}";

    private static uint IdOf(string name, ReadOnlySpan<byte> material) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. material]));

    private static EvidenceRefusedException Refused(string why) => new(EvidenceRefusals.Key, why);
}
