using System.Buffers.Binary;
using System.Text;
using NSec.Cryptography;

namespace MLOpsGovernance.Evidence.Notes;

/// <summary>A private Ed25519 key with its name. Read from the text form of Go's tools, <c>PRIVATE+KEY+name+id+base64</c>, or from PKCS#8.</summary>
public sealed class SigningKey : IDisposable
{
    private static KeyCreationParameters Exportable => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
    private readonly Key _key;

    private SigningKey(string name, NoteKeyKind kind, Key key)
    {
        _key = key;
        Verifier = new(name, kind, key.PublicKey);
    }

    /// <summary>What others check its signatures with.</summary>
    public VerifierKey Verifier { get; }

    public static SigningKey Generate(string name, NoteKeyKind kind = NoteKeyKind.Note) => new(Checked(name), kind, Key.Create(SignatureAlgorithm.Ed25519, Exportable));

    /// <exception cref="EvidenceRefusedException">Malformed, or with an id that does not belong to it.</exception>
    public static SigningKey Parse(string text)
    {
        if (text.Split('+', 5) is not ["PRIVATE", "KEY", var name, var id, var material] || StrictText.Base64(material) is not { Length: 33 } bytes)
            throw Refused("A signing key is written PRIVATE+KEY+name+id+key.");
        if (bytes[0] is not ((byte)NoteKeyKind.Note or (byte)NoteKeyKind.Cosignature)) throw Refused("The signing key is of a kind that is not understood.");
        var key = FromSeed(name, bytes.AsSpan(1), (NoteKeyKind)bytes[0]);
        return id == $"{key.Verifier.Id:x8}" ? key : throw Refused($"The id {id} does not belong to the signing key of '{name}'.");
    }

    /// <exception cref="EvidenceRefusedException">Not 32 bytes, or not a name.</exception>
    public static SigningKey FromSeed(string name, ReadOnlySpan<byte> seed, NoteKeyKind kind = NoteKeyKind.Note) => Import(name, seed, KeyBlobFormat.RawPrivateKey, kind);

    /// <param name="pem">PKCS#8 between <c>-----BEGIN PRIVATE KEY-----</c> and its end, as <c>openssl genpkey -algorithm ed25519</c> writes it, or what stands between them alone.</param>
    /// <exception cref="EvidenceRefusedException">Not such a key.</exception>
    public static SigningKey FromPkcs8(string name, string pem, NoteKeyKind kind = NoteKeyKind.Note) =>
        Import(name, Pem.Private(pem), KeyBlobFormat.PkixPrivateKeyText, kind);

    /// <summary>A key in either form; the name counts for PKCS#8 only, which has none of its own.</summary>
    /// <exception cref="EvidenceRefusedException">In neither form.</exception>
    public static SigningKey Read(string text, string name, NoteKeyKind kind = NoteKeyKind.Note) =>
        text.TrimStart().StartsWith("PRIVATE+KEY+", StringComparison.Ordinal) ? Parse(text.Trim()) : FromPkcs8(name, text, kind);

    /// <summary>The signature as it stands in a note, after the key's id.</summary>
    /// <param name="at">When; only a cosignature says so.</param>
    public byte[] Sign(ReadOnlySpan<byte> text, DateTimeOffset at)
    {
        if (Verifier.Kind == NoteKeyKind.Note) return SignatureAlgorithm.Ed25519.Sign(_key, text);
        var time = (ulong)at.ToUnixTimeSeconds();
        var signature = new byte[72];
        BinaryPrimitives.WriteUInt64BigEndian(signature, time);
        SignatureAlgorithm.Ed25519.Sign(_key, Cosigned.Message(time, text)).CopyTo(signature, 8);
        return signature;
    }

    public string ToPkcs8() => Encoding.UTF8.GetString(_key.Export(KeyBlobFormat.PkixPrivateKeyText));

    /// <summary>The private key in the text form. Whoever reads it can sign.</summary>
    public string ToSecretText() =>
        $"PRIVATE+KEY+{Verifier.Name}+{Verifier.Id:x8}+{Convert.ToBase64String([(byte)Verifier.Kind, .. _key.Export(KeyBlobFormat.RawPrivateKey)])}";

    public void Dispose() => _key.Dispose();

    private static SigningKey Import(string name, ReadOnlySpan<byte> blob, KeyBlobFormat format, NoteKeyKind kind) =>
        Key.TryImport(SignatureAlgorithm.Ed25519, blob, format, out var key, Exportable)
            ? new(Checked(name), kind, key!)
            : throw Refused("A signing key is an Ed25519 key: PKCS#8 in PEM, or PRIVATE+KEY+name+id+key.");

    private static string Checked(string name) =>
        KeyName.IsWellFormed(name) ? name : throw Refused("The name of a key is not empty and has neither white space nor + in it.");

    private static EvidenceRefusedException Refused(string why) => new(EvidenceRefusals.Key, why);
}
