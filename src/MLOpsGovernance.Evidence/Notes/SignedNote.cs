using System.Buffers.Binary;
using System.Text;

namespace MLOpsGovernance.Evidence.Notes;

/// <summary>One signature line: <c>— name base64(id, signature)</c>.</summary>
public sealed record NoteSignature(string Name, uint KeyId, byte[] Signature)
{
    public string Line
    {
        get
        {
            var bytes = new byte[4 + Signature.Length];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
            Signature.CopyTo(bytes, 4);
            return $"— {Name} {Convert.ToBase64String(bytes)}\n";
        }
    }

    public bool IsBy(VerifierKey key) => KeyId == key.Id && Name == key.Name;

    /// <param name="line">With its line ending.</param>
    /// <exception cref="EvidenceRefusedException">Not a signature line.</exception>
    public static NoteSignature Parse(string line)
    {
        if (!line.StartsWith("— ", StringComparison.Ordinal) || !line.EndsWith('\n') || line[2..^1].Split(' ') is not [var name, var base64]
            || !KeyName.IsWellFormed(name) || StrictText.Base64(base64) is not { Length: >= 5 } bytes)
            throw new EvidenceRefusedException(EvidenceRefusals.Note, "A signature line is written '— name base64' and holds the key's id and a signature.");
        return new(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[4..]);
    }
}

/// <summary>A text with signatures below it, C2SP signed-note. Reading it checks its form only; <see cref="VerifiedBy"/> checks the signatures.</summary>
/// <param name="Text">What is signed; ends with a line ending.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>More than this is malformed; a note must not be a way to make others compute.</summary>
    public const int MostSignatures = 100;

    /// <exception cref="EvidenceRefusedException">Malformed.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> note) =>
        Parse(StrictText.Utf8Text(note) ?? throw Refused("A note is UTF-8."));

    /// <exception cref="EvidenceRefusedException">Malformed.</exception>
    public static SignedNote Parse(string note)
    {
        if (note.Any(static c => c < ' ' && c != '\n')) throw Refused("A note has no control characters but line endings.");
        if (!note.EndsWith('\n')) throw Refused("A note ends with a line ending.");
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || end + 2 == note.Length) throw Refused("A note has an empty line and then at least one signature.");
        var lines = note[(end + 2)..^1].Split('\n');
        if (lines.Length > MostSignatures) throw Refused($"A note has at most {MostSignatures} signatures.");
        return new(note[..(end + 1)], [.. lines.Select(static line => NoteSignature.Parse(line + "\n"))]);
    }

    public static SignedNote Sign(string text, DateTimeOffset at, params IEnumerable<SigningKey> keys)
    {
        if (!text.EndsWith('\n')) throw new ArgumentException("The text of a note ends with a line ending.", nameof(text));
        return new(text, [.. keys.Select(key => Signature(text, at, key))]);
    }

    public SignedNote With(SigningKey key, DateTimeOffset at) => this with { Signatures = [.. Signatures, Signature(Text, at, key)] };

    /// <summary>
    /// The signatures of known keys, each counted once. Signatures of others are passed over, also where they have a name or an id in common with a known key, but not both.
    /// </summary>
    /// <exception cref="EvidenceRefusedException">A known key's signature does not hold, or there is none.</exception>
    public IReadOnlyList<NoteSignature> VerifiedBy(IReadOnlyCollection<VerifierKey> keys)
    {
        var text = Encoding.UTF8.GetBytes(Text);
        var verified = new List<NoteSignature>();
        foreach (var signature in Signatures)
        {
            if (verified.Exists(v => v.KeyId == signature.KeyId && v.Name == signature.Name)) continue;
            var known = keys.Where(signature.IsBy).Distinct().ToList();
            if (known.Count == 0) continue;
            if (known.Count > 1) throw Bad($"Two known keys have the name and the id of {signature.Name}.");
            if (!known[0].Verifies(text, signature.Signature)) throw Bad($"The signature of {signature.Name} ({signature.KeyId:x8}) does not hold.");
            verified.Add(signature);
        }

        return verified.Count > 0 ? verified : throw Bad("No known key signed this.");
    }

    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(static s => s.Line))}";

    private static NoteSignature Signature(string text, DateTimeOffset at, SigningKey key) =>
        new(key.Verifier.Name, key.Verifier.Id, key.Sign(Encoding.UTF8.GetBytes(text), at));

    private static EvidenceRefusedException Refused(string why) => new(EvidenceRefusals.Note, why);

    private static EvidenceRefusedException Bad(string why) => new(EvidenceRefusals.Signature, why);
}
