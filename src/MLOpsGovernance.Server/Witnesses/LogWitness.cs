using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Witnesses;

/// <summary>Somebody else who signs only what continues what he signed before (C2SP tlog-witness), such as the compliance office on a machine of its own.</summary>
/// <param name="Submission">What <c>add-checkpoint</c> is posted below.</param>
/// <param name="Monitoring">What his last checkpoint of a log is read below.</param>
/// <param name="Key">The key that his cosignatures are checked with, of kind 04.</param>
internal sealed record LogWitness(Uri Submission, Uri Monitoring, VerifierKey Key)
{
    public string Name => Key.Name;
}

/// <summary>The witnesses that are asked for their signature beside ours; by default none.</summary>
internal sealed record LogWitnesses(IReadOnlyList<LogWitness> All, TimeSpan Every)
{
    private const int Most = 8, EverySeconds = 60;

    /// <exception cref="StartupException">One of them cannot be used; the message names the setting.</exception>
    public static LogWitnesses Of(IConfiguration settings)
    {
        List<LogWitness> all = [];
        foreach (var section in settings.GetSection("Audit:Witnesses").GetChildren())
        {
            var at = section.Path.Replace(":", "__", StringComparison.Ordinal);
            var submission = Address(section["Url"], $"{at}__Url");
            all.Add(new(submission, section["MonitoringUrl"] is { Length: > 0 } monitoring ? Address(monitoring, $"{at}__MonitoringUrl") : submission, KeyOf(section["Key"], $"{at}__Key")));
        }

        if (all.Count > Most) throw new StartupException($"Audit__Witnesses names {all.Count} witnesses; there may be {Most}.");
        if (all.GroupBy(w => w.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new StartupException($"Audit__Witnesses names {twice.Key} twice.");
        return new(all, TimeSpan.FromSeconds(Math.Max(1, settings.GetValue("Audit:WitnessSeconds", EverySeconds))));
    }

    private static Uri Address(string? text, string name) =>
        Uri.TryCreate(text?.TrimEnd('/') + "/", UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            ? address
            : throw new StartupException($"{name} must be the http or https address of a witness, not '{text}'.");

    private static VerifierKey KeyOf(string? text, string name)
    {
        try
        {
            return VerifierKey.Parse(text ?? "") is { Kind: NoteKeyKind.Cosignature } key ? key : throw new StartupException($"{name} must be a witness's public key, of kind 04.");
        }
        catch (EvidenceRefusedException refused)
        {
            throw new StartupException($"{name} is no public key of a witness: {refused.Message}");
        }
    }
}
