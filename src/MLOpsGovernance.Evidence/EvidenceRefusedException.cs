namespace MLOpsGovernance.Evidence;

/// <summary>
/// What was offered as evidence is malformed, or does not hold. Everything in this library that reads what others wrote throws this and nothing else.
/// <see cref="Code"/> is stable (one of <see cref="EvidenceRefusals"/>); the message says what is wrong.
/// </summary>
public sealed class EvidenceRefusedException(string code, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public string Code { get; } = code;
}

/// <summary>The codes of <see cref="EvidenceRefusedException"/>.</summary>
public static class EvidenceRefusals
{
    /// <summary>A key that is malformed, of another kind than is needed here, or whose id does not belong to it.</summary>
    public const string Key = "evidence.key";

    /// <summary>A signed note that is malformed.</summary>
    public const string Note = "evidence.note";

    /// <summary>No signature of a known key, or a known key's signature that does not hold.</summary>
    public const string Signature = "evidence.signature";

    /// <summary>A checkpoint that is malformed, or of another log.</summary>
    public const string Checkpoint = "evidence.checkpoint";

    /// <summary>A tile or entry bundle, or the name of one, that is malformed or absent.</summary>
    public const string Tile = "evidence.tile";

    /// <summary>A receipt that is malformed.</summary>
    public const string Receipt = "evidence.receipt";

    /// <summary>A proof that does not lead to the root.</summary>
    public const string Proof = "evidence.proof";

    /// <summary>A request to a witness, or an answer of one, that is malformed.</summary>
    public const string Witness = "evidence.witness";

    /// <summary>A trust policy that is malformed, or a quorum that is not reached.</summary>
    public const string Quorum = "evidence.quorum";

    /// <summary>An envelope that is malformed, or of a payload type that is not understood.</summary>
    public const string Envelope = "evidence.envelope";

    /// <summary>A statement that is malformed, or is about something else.</summary>
    public const string Statement = "evidence.statement";

    /// <summary>A verdict that is for something else, says no, is expired or was recalled.</summary>
    public const string Verdict = "evidence.verdict";

    /// <summary>An evidence pack that is malformed, or in which something is missing or changed; a sample that comes out otherwise; a decision that does.</summary>
    public const string Pack = "evidence.pack";
}
