using System.Text;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Evidence.Tree;

namespace MLOpsGovernance.Evidence.Receipts;

/// <summary>
/// That an entry stands in a log, to be kept beside the entry and checked without the log: C2SP tlog-proof. The checkpoint is kept word for word, with all its
/// signatures.
/// </summary>
/// <param name="Extra">Unsigned; nothing may rest on it.</param>
public sealed record Receipt(ulong Index, IReadOnlyList<byte[]> Proof, string Checkpoint, byte[]? Extra = null)
{
    private const string Header = "c2sp.org/tlog-proof@v1";

    /// <summary>Reads the envelope; what is in it is checked by <see cref="Verify"/>.</summary>
    /// <exception cref="EvidenceRefusedException">Malformed.</exception>
    public static Receipt Parse(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || end + 2 == text.Length) throw Refused("A receipt has an empty line and then the checkpoint.");
        var lines = text[..end].Split('\n').ToList();
        if (lines[0] != Header) throw Refused($"A receipt begins with the line {Header}.");
        var extra = lines.ElementAtOrDefault(1) is { } first && first.StartsWith("extra ", StringComparison.Ordinal) ? first[6..] : null;
        var rest = lines.Skip(extra is null ? 1 : 2).ToList();
        if (rest is not [['i', 'n', 'd', 'e', 'x', ' ', .. var number], ..] || StrictText.Decimal(number) is not { } index)
            throw Refused("A receipt states the index of its entry.");
        if (rest.Count - 1 > 64) throw Refused("A proof has at most 64 hashes.");
        return new(index,
            [.. rest.Skip(1).Select(static line => StrictText.Base64(line) ?? throw Refused("The hashes of a receipt are base64."))],
            text[(end + 2)..],
            extra is null ? null : StrictText.Base64(extra) ?? throw Refused("What a receipt says in addition is base64."));
    }

    /// <summary>Checks that the log signed a tree which holds exactly these bytes at the receipt's index.</summary>
    /// <exception cref="EvidenceRefusedException">It does not.</exception>
    public SignedCheckpoint Verify(ReadOnlySpan<byte> entry, IReadOnlyCollection<VerifierKey> logKeys)
    {
        var signed = SignedCheckpoint.Open(Checkpoint, logKeys);
        return TreeVerifier.Includes(Index, signed.Checkpoint.Size, TreeHash.Leaf(entry), Proof, signed.Checkpoint.Root)
            ? signed
            : throw new EvidenceRefusedException(EvidenceRefusals.Proof, $"The proof does not lead from this entry at {Index} to the root of the {signed.Checkpoint.Size} entries that were signed.");
    }

    public override string ToString()
    {
        var text = new StringBuilder(Header).Append('\n');
        if (Extra is not null) text.Append("extra ").Append(Convert.ToBase64String(Extra)).Append('\n');
        text.Append("index ").Append(StrictText.Decimal(Index)).Append('\n');
        foreach (var hash in Proof) text.Append(Convert.ToBase64String(hash)).Append('\n');
        return text.Append('\n').Append(Checkpoint).ToString();
    }

    private static EvidenceRefusedException Refused(string why) => new(EvidenceRefusals.Receipt, why);
}
