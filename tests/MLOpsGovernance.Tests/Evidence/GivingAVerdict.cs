using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Envelopes;
using MLOpsGovernance.Evidence.Verdicts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Evidence;

public sealed class GivingAVerdict
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly EnvelopeSigningKey Key = EnvelopeSigningKey.Generate(), Other = EnvelopeSigningKey.Generate();
    private static readonly string Artifact = Digest.Sha256("artifact"u8), Elsewhere = Digest.Sha256("other"u8);
    private static readonly Envelope Signed = Sample(Noon).Sign(Key);

    internal static Verdict Sample(DateTimeOffset at) => new("https://gov.example", "credit", 3, Digest.Sha256("artifact"u8), "production", "0199f0c0-0000-7000-8000-000000000001",
        Digest.Sha256("set"u8), [Digest.Sha256("facts"u8)], ["w-1"], at, at.AddHours(1));

    [Fact]
    public void Lets_the_artifact_into_the_environment_that_it_names()
    {
        var read = Envelope.Parse(Encoding.UTF8.GetBytes(Signed.ToJson().ToJsonString()));
        var opened = Verdict.Open(read, [Other.Verifier, EnvelopeVerifierKey.FromPem(Key.Verifier.ToPem())], new("production", Artifact, "credit", "https://gov.example"), Noon.AddMinutes(59));
        var given = Sample(Noon);
        opened.Inputs.ShouldBe(given.Inputs);
        opened.Waivers.ShouldBe(given.Waivers);
        (opened with { Inputs = given.Inputs, Waivers = given.Waivers }).ShouldBe(given);
    }

    [Fact]
    public void Is_for_no_other_environment() => Refused(new("staging", Artifact), Noon, EvidenceRefusals.Verdict).ShouldContain("for production, not for staging");

    [Fact]
    public void Is_for_no_other_artifact() => Refused(new("production", Elsewhere), Noon, EvidenceRefusals.Verdict).ShouldContain(Elsewhere);

    [Fact]
    public void Is_for_no_other_model() => Refused(new("production", Artifact, "fraud"), Noon, EvidenceRefusals.Verdict).ShouldContain("fraud");

    [Fact]
    public void Is_by_nobody_else() => Refused(new("production", Artifact, null, "https://else.example"), Noon, EvidenceRefusals.Verdict);

    [Fact]
    public void Expires() => Refused(new("production", Artifact), Noon.AddHours(1), EvidenceRefusals.Verdict).ShouldContain("valid until");

    [Fact]
    public void Is_not_of_the_future() => Refused(new("production", Artifact), Noon.AddHours(-1), EvidenceRefusals.Verdict);

    [Fact]
    public void Needs_a_trusted_key() =>
        Should.Throw<EvidenceRefusedException>(() => Verdict.Open(Signed, [Other.Verifier], new("production", Artifact), Noon)).Code.ShouldBe(EvidenceRefusals.Signature);

    [Fact]
    public void Falls_with_any_changed_byte_of_its_payload()
    {
        for (var i = 0; i < Signed.Payload.Length; i++)
        {
            var payload = Signed.Payload.ToArray();
            payload[i] ^= 1;
            Should.Throw<EvidenceRefusedException>(() => Verdict.Open(Signed with { Payload = payload }, [Key.Verifier], new("production", Artifact), Noon)).Code.ShouldBe(EvidenceRefusals.Signature);
        }
    }

    [Fact]
    public void Counts_keys_and_not_signatures()
    {
        var twice = Signed with { Signatures = [.. Signed.Signatures, .. Signed.Signatures] };
        Should.Throw<EvidenceRefusedException>(() => twice.VerifiedBy([Key.Verifier, Key.Verifier, Other.Verifier], 2));
        Envelope.Sign(Signed.PayloadType, Signed.Payload, Key, Other).VerifiedBy([Key.Verifier, Other.Verifier], 2).Count.ShouldBe(2);
    }

    [Fact]
    public void Can_be_recalled()
    {
        var list = new StatusList(Noon, Noon.AddMinutes(10), ["a", "b"]).Sign(Key);
        StatusList.Open(list, [Key.Verifier], Noon).Recalled.ShouldBe(["a", "b"]);
        Should.Throw<EvidenceRefusedException>(() => StatusList.Open(list, [Other.Verifier], Noon));
        Should.Throw<EvidenceRefusedException>(() => StatusList.Open(list, [Key.Verifier], Noon.AddHours(1))).Message.ShouldContain("newer");
    }

    [Fact]
    public void Is_signed_over_the_bytes_that_the_specification_of_DSSE_gives()
    {
        var message = Envelope.PreAuthentication("http://example.com/HelloWorld", "hello world"u8);
        Encoding.ASCII.GetString(message).ShouldBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new()
            {
                X = Coordinate("46950820868899156662930047687818585632848591499744589407958293238635476079160"),
                Y = Coordinate("5640078356564379163099075877009565129882514886557779369047442380624545832820"),
            },
        });
        key.VerifyData(message, Convert.FromBase64String("A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="), HashAlgorithmName.SHA256).ShouldBeTrue();
    }

    private static byte[] Coordinate(string number)
    {
        var bytes = BigInteger.Parse(number, CultureInfo.InvariantCulture).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    private static string Refused(VerdictExpectation expected, DateTimeOffset now, string code)
    {
        var refused = Should.Throw<EvidenceRefusedException>(() => Verdict.Open(Signed, [Key.Verifier], expected, now));
        refused.Code.ShouldBe(code);
        return refused.Message;
    }
}
