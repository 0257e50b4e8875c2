namespace MLOpsGovernance.Policy.Cel.Values;

/// <summary>Counts what an evaluation costs and stops it at the limit. Once exhausted it stays so, and the whole evaluation is an error.</summary>
internal class Meter
{
    public long Spent { get; private set; }

    public long Limit { get; set; } = long.MaxValue;

    public bool IsExhausted => Spent > Limit;

    /// <summary>False when the limit is passed: the caller gives up at once.</summary>
    public bool Spend(long units)
    {
        // A charge may be astronomically large; it must not wrap around.
        Spent = units > long.MaxValue - Spent ? long.MaxValue : Spent + units;
        return Spent <= Limit;
    }

    public void Restart(long spent, long limit) => (Spent, Limit) = (spent, limit);
}
