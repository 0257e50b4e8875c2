using System.Text;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Evidence.Tree;

namespace MLOpsGovernance.Evidence.Witnesses;

/// <summary>What a witness answers. <see cref="Cosigned"/> is what it must have stored, in place of what it was asked with, before it says so.</summary>
public sealed record WitnessAnswer(int Status, string Body, SignedCheckpoint? Cosigned = null)
{
    public string ContentType => Status == 409 ? "text/x.tlog.size" : "text/plain; charset=utf-8";
}

/// <summary>An independent party that signs only what continues what it signed before. Pure: whoever runs it keeps the last checkpoint and replaces it atomically.</summary>
public static class Witness
{
    /// <param name="last">What it last cosigned for this log.</param>
    /// <param name="logKeys">The keys of all logs that it knows.</param>
    public static WitnessAnswer Answer(string request, Checkpoint? last, IReadOnlyCollection<VerifierKey> logKeys, SigningKey witness, DateTimeOffset now)
    {
        try
        {
            var asked = WitnessRequest.Parse(request);
            var note = SignedNote.Parse(asked.Checkpoint);
            var (origin, _, _, _) = Checkpoint.Split(note.Text);
            var keys = logKeys.Where(key => key.Name == origin).ToList();
            if (keys.Count == 0) return new(404, $"The log '{origin}' is not known here.\n");
            // An empty tree with a wrong root is judged below, as the protocol wants; the strict reading would call it malformed.
            var (_, size, root, _) = Checkpoint.Split(note.Text);
            if (size != 0 || root.Length != TreeHash.Length) Checkpoint.Parse(note.Text);
            note.VerifiedBy(keys);
            return Judge(asked, new(origin, size, root), note, last, witness, now);
        }
        catch (EvidenceRefusedException refused) when (refused.Code == EvidenceRefusals.Signature)
        {
            return new(403, refused.Message + "\n");
        }
        catch (EvidenceRefusedException refused)
        {
            return new(400, refused.Message + "\n");
        }
    }

    private static WitnessAnswer Judge(WitnessRequest asked, Checkpoint next, SignedNote note, Checkpoint? last, SigningKey witness, DateTimeOffset now)
    {
        if (asked.OldSize > next.Size) return new(400, "The old size is larger than the checkpoint's.\n");
        if (asked.OldSize != (last?.Size ?? 0)) return new(409, $"{last?.Size ?? 0}\n");
        if (!Continues(asked, next, last)) return new(422, "The proof does not show that the log only grew.\n");
        var cosigned = SignedNote.Sign(note.Text, now, witness);
        return new(200, string.Concat(cosigned.Signatures.Select(static s => s.Line)), new(next, note with { Signatures = [.. note.Signatures, .. cosigned.Signatures] }));
    }

    private static bool Continues(WitnessRequest asked, Checkpoint next, Checkpoint? last)
    {
        if (next.Size == 0 && !next.Root.AsSpan().SequenceEqual(TreeHash.Empty())) return false;
        return asked.OldSize == 0 ? asked.Proof.Count == 0 : TreeVerifier.IsConsistent(asked.OldSize, next.Size, last!.Root, next.Root, asked.Proof);
    }

    /// <summary>The cosignatures in a witness's answer that its keys made over this checkpoint.</summary>
    /// <exception cref="EvidenceRefusedException">None, or one that does not hold.</exception>
    public static IReadOnlyList<NoteSignature> Cosignatures(string body, SignedNote checkpoint, IReadOnlyCollection<VerifierKey> witnessKeys)
    {
        if (!body.EndsWith('\n') || Encoding.UTF8.GetByteCount(body) > 65536) throw new EvidenceRefusedException(EvidenceRefusals.Witness, "A witness answers with signature lines.");
        var lines = body[..^1].Split('\n').Take(SignedNote.MostSignatures).Select(static line => NoteSignature.Parse(line + "\n"));
        return new SignedNote(checkpoint.Text, [.. lines]).VerifiedBy(witnessKeys);
    }
}
