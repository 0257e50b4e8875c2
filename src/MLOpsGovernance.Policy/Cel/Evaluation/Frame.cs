using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Evaluation;

/// <summary>One evaluation: the values of variables, the working slots and the budget. Used by one thread.</summary>
internal class Frame(CelValue[] globals, CelValue[] locals) : Meter
{
    public Frame(CelValue[] globals, int locals)
        : this(globals, locals == 0 ? [] : new CelValue[locals])
    {
    }

    internal static readonly CelValue Unset = CelValue.Error("the variable has no value");

    public CelValue[] Globals => globals;

    /// <summary>Whether a variable may be unknown. Only the tracing evaluator understands those.</summary>
    public bool HasUnknowns { get; init; }

    public CelValue[] Locals => locals;

    /// <summary>The value of a variable that is computed on first use.</summary>
    public virtual CelValue Lazy(int slot) => Read(slot);

    public CelValue Read(int slot)
    {
        Spend(1);
        return globals[slot].Kind == CelKind.None ? Unset : globals[slot];
    }
}
