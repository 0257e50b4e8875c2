using System.Text;

namespace MLOpsGovernance.Evidence.Witnesses;

/// <summary>What a log sends to a witness, C2SP tlog-witness: from which size the witness knows it, the proof from there, and the new checkpoint.</summary>
public sealed record WitnessRequest(ulong OldSize, IReadOnlyList<byte[]> Proof, string Checkpoint)
{
    public const int MostHashes = 63;

    /// <exception cref="EvidenceRefusedException">Malformed.</exception>
    public static WitnessRequest Parse(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0) throw Refused("A request to a witness has an empty line and then the checkpoint.");
        var lines = text[..end].Split('\n');
        if (!lines[0].StartsWith("old ", StringComparison.Ordinal) || StrictText.Decimal(lines[0].AsSpan(4)) is not { } old)
            throw Refused("A request to a witness begins with the line 'old' and a size.");
        if (lines.Length - 1 > MostHashes) throw Refused($"A proof has at most {MostHashes} hashes.");
        return new(old, [.. lines.Skip(1).Select(static line => StrictText.Base64(line) ?? throw Refused("The hashes of a proof are base64."))], text[(end + 2)..]);
    }

    public override string ToString()
    {
        var text = new StringBuilder("old ").Append(StrictText.Decimal(OldSize)).Append('\n');
        foreach (var hash in Proof) text.Append(Convert.ToBase64String(hash)).Append('\n');
        return text.Append('\n').Append(Checkpoint).ToString();
    }

    private static EvidenceRefusedException Refused(string why) => new(EvidenceRefusals.Witness, why);
}
