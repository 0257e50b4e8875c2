using MLOpsGovernance.Policy.Cel.Evaluation;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Rules;

/// <summary>
/// One policy in one decision. Variables are computed on first use and once; every rule that reads one pays its cost once, whoever
/// came first, so that the cost of a rule does not depend on its neighbours.
/// </summary>
internal sealed class PolicyFrame : Frame
{
    private readonly CompiledPolicy _policy;
    private readonly VariableState[] _variables;
    private int _rule;
    private int _computing = -1;

    private struct VariableState
    {
        public bool IsComputed;
        public long Cost;
        public ulong Reads;
        public int ChargedIn;
    }

    public PolicyFrame(CompiledPolicy policy, ReadOnlySpan<CelValue> facts, CelValue now, CelValue[] parameters)
        : this(policy, new PolicySlots([policy], facts, now), parameters)
    {
    }

    /// <param name="slots">Those of all policies that are asked one after the other about the same facts.</param>
    public PolicyFrame(CompiledPolicy policy, PolicySlots slots, CelValue[] parameters)
        : base(slots.Globals, slots.Locals)
    {
        _policy = policy;
        _variables = policy.Variables.Length == 0 ? [] : new VariableState[policy.Variables.Length];
        parameters.CopyTo(Globals, policy.FactCount + 1);
    }

    /// <summary>Begins the account of the next expression.</summary>
    public void Begin(long limit)
    {
        Restart(0, limit);
        _rule++;
    }

    public override CelValue Lazy(int slot)
    {
        var index = slot - _policy.FirstVariable;
        if (!_variables[index].IsComputed) Compute(slot, index);
        Spend(1);
        if (_computing >= 0) _variables[_computing].Reads |= 1UL << index;
        else Charge(index);
        return Globals[slot];
    }

    private void Charge(int index)
    {
        ref var variable = ref _variables[index];
        if (variable.ChargedIn == _rule) return;
        variable.ChargedIn = _rule;
        Spend(variable.Cost);
        for (var reads = variable.Reads; reads != 0; reads &= reads - 1) Charge(System.Numerics.BitOperations.TrailingZeroCount(reads));
    }

    /// <summary>With a budget of its own: whether it can be computed must not depend on who asks first.</summary>
    private void Compute(int slot, int index)
    {
        var (spent, limit, outer) = (Spent, Limit, _computing);
        Restart(0, PolicyLimits.Rule);
        _computing = index;
        _variables[index].IsComputed = true;
        Globals[slot] = HasUnknowns ? _policy.Variables[index].Trace(this).Value : _policy.Variables[index].Evaluate(this);
        _variables[index].Cost = Spent;
        _computing = outer;
        Restart(spent, limit);
    }
}

/// <summary>Room for the values of any of these policies, with what all of them share: the facts and <c>now</c>. One policy after the other may use it.</summary>
internal readonly struct PolicySlots
{
    public PolicySlots(IReadOnlyList<CompiledPolicy> policies, ReadOnlySpan<CelValue> facts, CelValue now)
    {
        var (globals, locals) = (facts.Length + 1, 0);
        for (var i = 0; i < policies.Count; i++) (globals, locals) = (Math.Max(globals, policies[i].Slots), Math.Max(locals, policies[i].Locals));
        Globals = new CelValue[globals];
        Locals = locals == 0 ? [] : new CelValue[locals];
        facts.CopyTo(Globals);
        Globals[facts.Length] = now;
    }

    public CelValue[] Globals { get; }

    public CelValue[] Locals { get; }
}
