using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Evaluation;

/// <summary>Goes through a list or a map and fills the loop variables. Ends early when the budget does.</summary>
internal struct Loop
{
    private readonly CelList? _list;
    private readonly CelMap? _map;
    private readonly int _first;
    private readonly int _second;
    private int _at;

    public Loop(in CelValue range, int first, int second)
    {
        (_first, _second) = (first, second);
        switch (range.Kind)
        {
            case CelKind.List: _list = range.List; break;
            case CelKind.Map: _map = range.Map; break;
            default:
                Failure = range.IsValue ? CelValue.Error($"no such overload: a value of type {TypeNames.Of(range)} cannot be gone through") : range;
                break;
        }
    }

    /// <summary>Set when there is nothing to go through.</summary>
    public CelValue Failure { get; }

    public readonly int Count => _list?.Count ?? _map!.Count;

    public bool Next(Frame frame)
    {
        if (_at >= Count || !frame.Spend(Costs.Turn)) return false;
        if (_list is not null)
        {
            if (_second < 0) frame.Locals[_first] = _list[_at];
            else
            {
                frame.Locals[_first] = CelValue.Of((long)_at);
                frame.Locals[_second] = _list[_at];
            }
        }
        else
        {
            frame.Locals[_first] = _map!.Keys[_at];
            if (_second >= 0) frame.Locals[_second] = _map.Values[_at];
        }

        _at++;
        return true;
    }
}
