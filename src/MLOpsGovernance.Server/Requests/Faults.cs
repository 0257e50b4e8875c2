using MLOpsGovernance.Advisor;
using MLOpsGovernance.Domain;

namespace MLOpsGovernance.Server.Requests;

/// <summary>What the pure libraries find wrong with an input, as every other 400: the first as code and sentence, each by its field.</summary>
internal static class Faults
{
    private const int MostShown = 50;

    public static TResponse Refused<TResponse>(IReadOnlyList<InputFault> faults) where TResponse : IRefusable<TResponse> => TResponse.Refused(
        new(faults[0].Code.Replace('_', '-'), $"{faults[0].Field}: {faults[0].Reason}", RefusalKind.Unprocessable),
        faults.Take(MostShown).GroupBy(f => f.Field, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(f => f.Reason).Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal));
}
