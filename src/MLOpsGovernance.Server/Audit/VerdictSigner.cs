using System.Text.Json.Nodes;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Envelopes;
using MLOpsGovernance.Evidence.Verdicts;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Audit;

/// <summary>
/// The keys of verdicts, which sign nothing else. The first signs; while one is replaced, both do. Who verifies knows the public keys from elsewhere, and compares.
/// </summary>
internal sealed record VerdictKeys(string Verifier, IReadOnlyList<EnvelopeSigningKey> Signing)
{
    private static readonly string[] Names = ["VerdictKey", "NextVerdictKey"];

    /// <exception cref="StartupException">A key is needed and there is none, or one cannot be read.</exception>
    public static VerdictKeys Of(IConfiguration settings, DataFolder data, string origin, bool required)
    {
        try
        {
            List<EnvelopeSigningKey> keys = [.. Names.Select(name => LogKeys.Secret(settings, name)).OfType<string>().Select(EnvelopeSigningKey.FromPkcs8)];
            if (keys.Count == 0 && data.Development) keys.Add(EnvelopeSigningKey.FromPkcs8(data.Secret("verdict.key", () =>
            {
                using var made = EnvelopeSigningKey.Generate();
                return made.ToPkcs8();
            })));
            if (keys.Count == 0 && required)
                throw new StartupException("Outside Development verdicts need a key of their own: set Audit__VerdictKeyFile, or Audit__VerdictKey, to an Ed25519 key in PKCS#8 (openssl genpkey -algorithm ed25519).");
            return new(settings["Audit:Verifier"] is { Length: > 0 } named ? named : $"https://{origin}", keys);
        }
        catch (EvidenceRefusedException refused)
        {
            throw new StartupException($"A key of verdicts cannot be used: {refused.Message}");
        }
    }
}

/// <summary>Signs what the gate let through, so that whoever deploys can check it with no network. The same decision gives the same verdict whenever it is read: it is never renewed.</summary>
internal sealed class VerdictSigner(VerdictKeys keys)
{
    private static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    public JsonNode? For(string id, PolicyChecked e)
    {
        if (!e.Allowed || e.DryRun || keys.Signing.Count == 0) return null;
        var until = e.At + Validity;
        var verdict = new Verdict(
            keys.Verifier, e.Model, e.Version, e.ArtifactDigest, e.Environment, id, e.PolicySet, [e.FactsDigest],
            [.. e.Rules.Select(rule => rule.Waiver?.Name).OfType<string>().Distinct(StringComparer.Ordinal)], e.At, until < e.ValidUntil ? until : e.ValidUntil);
        return verdict.Sign(keys.Signing).ToJson();
    }
}
