namespace MLOpsGovernance.Policy.Cel.Evaluation;

/// <summary>Unit costs that both evaluators and the estimate share. One unit is about 100 ns.</summary>
internal static class Costs
{
    public const long List = 10;
    public const long Map = 30;

    /// <summary>One turn of a loop, besides its condition and body: a loop over nothing must end too.</summary>
    public const long Turn = 1;

    /// <summary>Adding to a result list or map.</summary>
    public const long Append = 12;
}
