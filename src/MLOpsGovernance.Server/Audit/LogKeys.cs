using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Audit;

/// <summary>
/// The keys that sign checkpoints. While one is replaced both sign, so that whoever knows either can go on; keys that only signed in the past stay known by <c>Audit:RetiredLogKeys</c>.
/// </summary>
/// <param name="Signing">The first is the present one. Empty where this process signs nothing.</param>
/// <param name="Retired">Public keys in their text form.</param>
internal sealed record LogKeys(string Origin, IReadOnlyList<SigningKey> Signing, IReadOnlyList<VerifierKey> Retired)
{
    private static readonly string[] Names = ["LogKey", "NextLogKey"];

    private const string DefaultOrigin = "mlops-governance/audit";

    public IReadOnlyList<VerifierKey> Known => [.. Signing.Select(key => key.Verifier), .. Retired];

    /// <exception cref="StartupException">A key is needed and there is none, or one cannot be read.</exception>
    public static LogKeys Of(IConfiguration settings, DataFolder data, bool required)
    {
        var origin = settings["Audit:Origin"] is { Length: > 0 } named ? named : DefaultOrigin;
        try
        {
            List<SigningKey> keys = [.. Names.Select(name => Secret(settings, name)).OfType<string>().Select(text => SigningKey.Read(text, origin))];
            if (keys.Find(key => key.Verifier.Name != origin) is { } other) throw new StartupException($"The log's key bears the name '{other.Verifier.Name}', but Audit__Origin is '{origin}'.");
            if (keys.Count == 0 && data.Development) keys.Add(SigningKey.Parse(data.Secret("log.key", () => SigningKey.Generate(origin).ToSecretText())));
            if (keys.Count == 0 && required)
                throw new StartupException("Outside Development the audit log needs a key: set Audit__LogKeyFile, or Audit__LogKey, to an Ed25519 key in PKCS#8 (openssl genpkey -algorithm ed25519).");
            return new(origin, keys, [.. settings.GetSection("Audit:RetiredLogKeys").Get<string[]>()?.Select(VerifierKey.Parse) ?? []]);
        }
        catch (EvidenceRefusedException refused)
        {
            throw new StartupException($"A key of the audit log cannot be used: {refused.Message}");
        }
    }

    internal static string? Secret(IConfiguration settings, string name)
    {
        if (settings[$"Audit:{name}"] is { Length: > 0 } text) return text;
        if (settings[$"Audit:{name}File"] is not { Length: > 0 } file) return null;
        return File.Exists(file) ? File.ReadAllText(file) : throw new StartupException($"Audit__{name}File names {file}, where there is no file.");
    }
}
