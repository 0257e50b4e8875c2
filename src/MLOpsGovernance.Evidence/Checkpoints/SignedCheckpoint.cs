using MLOpsGovernance.Evidence.Notes;

namespace MLOpsGovernance.Evidence.Checkpoints;

/// <summary>A checkpoint whose signature by its log has been checked, with the note that it came in.</summary>
public sealed record SignedCheckpoint(Checkpoint Checkpoint, SignedNote Note)
{
    /// <param name="logKeys">The keys of the log; their name is its origin. While a key is replaced there are two, and one is enough.</param>
    /// <exception cref="EvidenceRefusedException">Malformed, of another log, or not signed by a key of this one.</exception>
    public static SignedCheckpoint Open(string note, IReadOnlyCollection<VerifierKey> logKeys)
    {
        var signed = SignedNote.Parse(note);
        var checkpoint = Checkpoint.Parse(signed.Text);
        var keys = logKeys.Where(key => key.Name == checkpoint.Origin && key.Kind == NoteKeyKind.Note).ToList();
        if (keys.Count == 0) throw new EvidenceRefusedException(EvidenceRefusals.Checkpoint, $"The checkpoint is of the log '{checkpoint.Origin}', for which no key is known.");
        signed.VerifiedBy(keys);
        return new(checkpoint, signed);
    }

    public static SignedCheckpoint Sign(Checkpoint checkpoint, DateTimeOffset at, params IEnumerable<SigningKey> keys) =>
        new(checkpoint, SignedNote.Sign(checkpoint.Body, at, keys));
}
