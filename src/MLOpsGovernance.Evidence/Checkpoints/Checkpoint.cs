using MLOpsGovernance.Evidence.Tree;

namespace MLOpsGovernance.Evidence.Checkpoints;

/// <summary>
/// What a log says of itself: so many entries, and this root. Two steps read it: <see cref="Split"/> its syntax, <see cref="Parse"/> all that C2SP
/// tlog-checkpoint demands of it.
/// </summary>
public sealed record Checkpoint(string Origin, ulong Size, byte[] Root)
{
    /// <summary>The text that is signed.</summary>
    public string Body => $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n";

    /// <summary>The parts of a body, the hash of any length and whatever follows untouched.</summary>
    /// <exception cref="EvidenceRefusedException">Not three lines of which the first is not empty, the second a number of 64 bits and the third base64.</exception>
    public static (string Origin, ulong Size, byte[] Root, string After) Split(string body)
    {
        if (body.Split('\n', 4) is not [{ Length: > 0 } origin, var size, var root, var rest])
            throw Refused("A checkpoint is three lines: origin, size, root.");
        return (origin,
            StrictText.LooseDecimal(size) ?? throw Refused("The second line of a checkpoint is the size of the log."),
            StrictText.Base64(root) ?? throw Refused("The third line of a checkpoint is the root, in base64."),
            rest);
    }

    /// <exception cref="EvidenceRefusedException">Malformed. Lines after the third are allowed and left out: nobody can check what they say.</exception>
    public static Checkpoint Parse(string body)
    {
        var (origin, size, root, rest) = Split(body);
        if (body.Split('\n')[1] != StrictText.Decimal(size)) throw Refused("The size of a log has no leading zero.");
        if (root.Length != TreeHash.Length) throw Refused($"The root of a log has {TreeHash.Length} bytes.");
        if (size == 0 && !root.SequenceEqual(TreeHash.Empty())) throw Refused("The root of a log without entries is the hash of nothing.");
        if (rest.Length > 0 && (!rest.EndsWith('\n') || rest[..^1].Split('\n').Any(static line => line.Length == 0)))
            throw Refused("A checkpoint has no empty line in it.");
        return new(origin, size, root);
    }

    public bool Equals(Checkpoint? other) => other is not null && Origin == other.Origin && Size == other.Size && Root.AsSpan().SequenceEqual(other.Root);

    public override int GetHashCode() => HashCode.Combine(Origin, Size);

    private static EvidenceRefusedException Refused(string why) => new(EvidenceRefusals.Checkpoint, why);
}
