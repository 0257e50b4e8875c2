using System.Text.Json.Serialization;
using MLOpsGovernance.Domain.Approvals;

namespace MLOpsGovernance.Domain.Validations;

/// <summary>What one validator found about one version as it was. It is no approval: approvals refer to it, and the gate asks for them apart.</summary>
/// <param name="Scope">What was looked at.</param>
/// <param name="Conclusion">One of <see cref="Conclusions"/>.</param>
/// <param name="Evidence">Digests of the documents it rests on; the documents stay where they are.</param>
/// <param name="Material">What was validated.</param>
/// <param name="ValidUntil">From when on it counts no more, whatever the tier allows; null leaves that to the tier.</param>
public sealed record Validation(
    string Id, Sealed? Scope, string Conclusion, Sealed? Limitations, IReadOnlyList<string> Evidence, Material Material, string By, string? Owner, DateTimeOffset At, DateTimeOffset? ValidUntil)
{
    public const string Fit = "fit", FitWithConditions = "fit-with-conditions", Unfit = "unfit";

    public static IReadOnlyList<string> Conclusions { get; } = [Fit, FitWithConditions, Unfit];

    [JsonIgnore]
    public bool IsFit => Conclusion != Unfit;

    /// <summary>Everyone who stands behind it: the validator and the owner of the credential used.</summary>
    [JsonIgnore]
    public IEnumerable<string> Parties => Owner is null ? [By] : [By, Owner];

    /// <summary>Why the history says that it was superseded; the standing does not wait for it.</summary>
    public IReadOnlyList<string> Superseded { get; init; } = [];
}
