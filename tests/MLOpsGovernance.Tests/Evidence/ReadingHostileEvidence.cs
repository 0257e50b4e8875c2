using System.Text;
using CsCheck;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Envelopes;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Evidence.Receipts;
using MLOpsGovernance.Evidence.Statements;
using MLOpsGovernance.Evidence.Tiles;
using MLOpsGovernance.Evidence.Verdicts;
using MLOpsGovernance.Evidence.Witnesses;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Evidence;

/// <summary>Whatever is offered is read, or refused by the one exception that says so.</summary>
public sealed class ReadingHostileEvidence
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly SigningKey Key = SigningKey.FromSeed("log.example/audit", new byte[32]);
    private static readonly EnvelopeSigningKey VerdictKey = EnvelopeSigningKey.Generate();
    private static readonly string Checkpoint = SignedCheckpoint.Sign(new("log.example/audit", 0, MLOpsGovernance.Evidence.Tree.TreeHash.Empty()), Noon, Key).Note.ToString();
    private static readonly string Receipt = new Receipt(3, [new byte[32], new byte[32]], Checkpoint, [1]).ToString();
    private static readonly string Request = new WitnessRequest(0, [], Checkpoint).ToString();
    private static readonly string Signed = GivingAVerdict.Sample(Noon).Sign(VerdictKey).ToJson().ToJsonString();
    private static readonly string Policy = $"log {Key.Verifier}\nwitness w remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2\ngroup g any w\nquorum g\n";

    public static TheoryData<string> Kinds => ["vkey", "skey", "pem", "note", "checkpoint", "tile", "bundle", "receipt", "request", "witness", "cosignatures", "policy", "envelope", "statement", "verdict"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Refuses_by_one_exception_only(string kind)
    {
        var (sample, read) = Reader(kind);
        read(sample);
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 1_000_000], Gen.Int[0, 1_000_000], Gen.Char).Sample((how, at, length, c) => Attempt(read, Spoil(sample, how, at, length, c)), iter: 2000);
    }

    [Fact]
    public void Notices_any_changed_bit_of_a_checkpoint()
    {
        var bytes = Encoding.UTF8.GetBytes(Checkpoint);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Should.Throw<EvidenceRefusedException>(() =>
            {
                var note = SignedNote.Parse(bytes);
                SignedCheckpoint.Open(note.ToString(), [Key.Verifier]);
            });
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    private static void Attempt(Action<string> read, string text)
    {
        try
        {
            read(text);
        }
        catch (EvidenceRefusedException refused)
        {
            refused.Code.ShouldStartWith("evidence.");
        }
    }

    private static string Spoil(string text, int how, int at, int length, char c)
    {
        at %= text.Length;
        return how switch
        {
            0 => text[..at],
            1 => text[..at] + c + text[(at + 1)..],
            2 => text.Insert(at, c.ToString()),
            3 => text.Remove(at, Math.Min(length % 40 + 1, text.Length - at)),
            4 => text.Insert(at, text.Substring(at, Math.Min(length % 200, text.Length - at))),
            _ => text.Replace(text[at], c),
        };
    }

    private static (string Sample, Action<string> Read) Reader(string kind) => kind switch
    {
        "vkey" => (Key.Verifier.ToString(), static t => VerifierKey.Parse(t)),
        "skey" => (Key.ToSecretText(), static t => SigningKey.Parse(t).Dispose()),
        "pem" => (Key.ToPkcs8(), static t => SigningKey.FromPkcs8("log", t).Dispose()),
        "note" => (Checkpoint, static t => SignedNote.Parse(Encoding.Latin1.GetBytes(t.Replace("—", "\u00e2\u0080\u0094", StringComparison.Ordinal)))),
        "checkpoint" => (Checkpoint, static t => SignedCheckpoint.Open(t, [Key.Verifier])),
        "tile" => ("x001/x234/067.p/8", static t => TileCoordinate.Parse("0", t)),
        "bundle" => ("\0\u0002ab\0\u0001c", static t => EntryBundle.Read(Encoding.Latin1.GetBytes(t), 2)),
        "receipt" => (Receipt, static t => Attempt(r => MLOpsGovernance.Evidence.Receipts.Receipt.Parse(r).Verify([], [Key.Verifier]), t)),
        "request" => (Request, static t => WitnessRequest.Parse(t)),
        "witness" => (Request, static t => Witness.Answer(t, null, [Key.Verifier], Key, Noon).Status.ShouldBeOneOf(200, 400, 403, 404, 409, 422)),
        "cosignatures" => (Checkpoint.Split("\n\n")[1], static t => Witness.Cosignatures(t, SignedNote.Parse(Checkpoint), [Key.Verifier])),
        "policy" => (Policy, static t => TrustPolicy.Parse(t)),
        "envelope" => (Signed, static t => Envelope.Parse(Encoding.UTF8.GetBytes(t))),
        "statement" => (Encoding.UTF8.GetString(Envelope.Parse(Encoding.UTF8.GetBytes(Signed)).Payload), static t => Statement.Parse(Encoding.UTF8.GetBytes(t))),
        _ => (Encoding.UTF8.GetString(Envelope.Parse(Encoding.UTF8.GetBytes(Signed)).Payload),
            static t => Verdict.Open(Envelope.Sign(Statement.PayloadType, Encoding.UTF8.GetBytes(t), VerdictKey), [VerdictKey.Verifier], new("production"), Noon)),
    };
}
