using MLOpsGovernance.Policy.Cel.Syntax;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Documents;
using MLOpsGovernance.Policy.Rules;

namespace MLOpsGovernance.Policy.Differences;

/// <summary>What a rule asks otherwise than before.</summary>
internal sealed class RuleComparison(CompiledPolicy policyThen, CompiledRule then, CompiledPolicy policy, CompiledRule now)
{
    private readonly string _id = now.Rule.Id, _policy = policy.Document.Name;

    public IEnumerable<SetChange> Changes()
    {
        foreach (var change in Expression()) yield return change;
        if (then.Rule.Waivable != now.Rule.Waivable)
        {
            yield return now.Rule.Waivable
                ? Of(ChangeEffect.Relaxed, "rule-waivable", $"{_id} may be waived; it might not be.")
                : Of(ChangeEffect.Tightened, "rule-not-waivable", $"{_id} may no longer be waived.");
        }

        foreach (var change in Date()) yield return change;
        if (!then.Rule.Controls.SequenceEqual(now.Rule.Controls)) yield return Of(ChangeEffect.Wording, "controls-changed", $"{_id} says that it supports {string.Join(", ", now.Rule.Controls.Select(c => $"{c.Framework} {c.Ref}"))}.");
        if (then.Rule.Title != now.Rule.Title) yield return Of(ChangeEffect.Wording, "wording-changed", $"{_id} is called: {SetDifference.Plain(now.Rule.Title)}.");
    }

    /// <summary>How a rule that is not in force yet is spoken of.</summary>
    public static string Waits(PolicyRule rule) => rule switch
    {
        { EffectiveFrom: null } => "",
        { AdoptedEarly: true } => $", adopted before its date, {Instants.Text(rule.EffectiveFrom.Value)}",
        _ => $", from {Instants.Text(rule.EffectiveFrom.Value)}",
    };

    private IEnumerable<SetChange> Date()
    {
        var (was, becomes) = (Begins(then.Rule), Begins(now.Rule));
        if (was == becomes) yield break;
        var later = becomes > was;
        yield return Of(later ? ChangeEffect.Relaxed : ChangeEffect.Tightened, later ? "date-later" : "date-earlier", becomes == DateTimeOffset.MinValue
            ? $"{_id} is in force at once; it was to begin on {Instants.Text(was)}."
            : $"{_id} begins on {Instants.Text(becomes)}; it {(was == DateTimeOffset.MinValue ? "was in force" : $"was to begin on {Instants.Text(was)}")}.");
    }

    private static DateTimeOffset Begins(PolicyRule rule) => rule.AdoptedEarly ? DateTimeOffset.MinValue : rule.EffectiveFrom ?? DateTimeOffset.MinValue;

    private IEnumerable<SetChange> Expression()
    {
        var (was, becomes) = (Words.Flat(then.Expression.Source), Words.Flat(now.Expression.Source));
        if (was == becomes)
        {
            if (!Definitions(policyThen, then).SequenceEqual(Definitions(policy, now), StringComparer.Ordinal))
                yield return Of(ChangeEffect.Changed, "rule-changed", $"{_id} counts otherwise: a definition that it rests on was changed. ({SetDifference.Plain(now.Rule.Title)})");
            yield break;
        }

        var effect = Definitions(policyThen, then).SequenceEqual(Definitions(policy, now), StringComparer.Ordinal) ? Terms() ?? Number() : null;
        yield return effect switch
        {
            ChangeEffect.Relaxed => Of(ChangeEffect.Relaxed, "rule-relaxed", $"{_id} asks for less: {becomes} instead of {was}. ({SetDifference.Plain(now.Rule.Title)})"),
            ChangeEffect.Tightened => Of(ChangeEffect.Tightened, "rule-tightened", $"{_id} asks for more: {becomes} instead of {was}. ({SetDifference.Plain(now.Rule.Title)})"),
            _ => Of(ChangeEffect.Changed, "rule-changed", $"{_id} asks for something else: {becomes} instead of {was}. ({SetDifference.Plain(now.Rule.Title)})"),
        };
    }

    /// <summary>The texts of all variables that the rule reads, directly or through others.</summary>
    private static List<string> Definitions(CompiledPolicy policy, CompiledRule rule)
    {
        var read = new SortedDictionary<int, string>();
        var pending = new Stack<Node>([rule.Expression.Root]);
        while (pending.TryPop(out var root))
        {
            foreach (var variable in NodeWalk.All(root).OfType<VariableNode>())
            {
                var index = variable.Variable.Slot - policy.FirstVariable;
                if (index < 0 || !read.TryAdd(index, $"{variable.Variable.Name} = {Words.Flat(policy.Variables[index].Source)}")) continue;
                pending.Push(policy.Variables[index].Root);
            }
        }

        return [.. read.Values.Order(StringComparer.Ordinal)];
    }

    /// <summary>Fewer demands joined by and, or more ways joined by or: less is asked for.</summary>
    private ChangeEffect? Terms()
    {
        var (ands, andsThen) = (Parts(now, isAnd: true), Parts(then, isAnd: true));
        if (ands.IsProperSubsetOf(andsThen)) return ChangeEffect.Relaxed;
        if (ands.IsProperSupersetOf(andsThen)) return ChangeEffect.Tightened;
        var (ors, orsThen) = (Parts(now, isAnd: false), Parts(then, isAnd: false));
        return ors.IsProperSupersetOf(orsThen) ? ChangeEffect.Relaxed : ors.IsProperSubsetOf(orsThen) ? ChangeEffect.Tightened : null;
    }

    private static HashSet<string> Parts(CompiledRule rule, bool isAnd) =>
        rule.Expression.Root is LogicNode logic && logic.IsAnd == isAnd
            ? logic.Terms.Select(t => Words.Flat(rule.Expression.Source[t.Start..t.End])).ToHashSet(StringComparer.Ordinal)
            : [Words.Flat(rule.Expression.Source)];

    /// <summary>One number or duration is another, and else the texts are the same.</summary>
    private ChangeEffect? Number()
    {
        var (tokens, tokensThen) = (Lexer.Read(now.Expression.Source), Lexer.Read(then.Expression.Source));
        if (tokens.Count != tokensThen.Count) return null;
        var different = Enumerable.Range(0, tokens.Count).Where(i => (tokens[i].Kind, Text(now, tokens[i])) != (tokensThen[i].Kind, Text(then, tokensThen[i]))).ToList();
        if (different is not [var at]) return null;
        var (becomes, was) = (Constant(now, tokens[at].Start), Constant(then, tokensThen[at].Start));
        if (becomes is null || was is null) return null;
        var effect = new Monotony(policyThen, node => node == was.Value.Whole).Of(then.Expression.Root).After(Values.Compare(was.Value.Value, becomes.Value.Value));
        return effect == ChangeEffect.Changed ? null : effect;
    }

    private static string Text(CompiledRule rule, Token token) => rule.Expression.Source[token.Start..token.End];

    /// <summary>The value written at a place: a number, or the duration that a text is read as.</summary>
    private static (Node Whole, Cel.Values.CelValue Value)? Constant(CompiledRule rule, int start)
    {
        foreach (var node in NodeWalk.All(rule.Expression.Root))
        {
            if (node is CallNode { Function.Name: "duration", Args: [ConstantNode { Value.Kind: Cel.Values.CelKind.String } text] } call && text.Start == start)
                return (call, Cel.Values.CelDuration.Parse(text.Value.String));
        }

        var constant = NodeWalk.All(rule.Expression.Root).OfType<ConstantNode>().FirstOrDefault(n => n.Start == start);
        return constant is null ? null : (constant, constant.Value);
    }

    private SetChange Of(ChangeEffect effect, string what, string sentence) => new(effect, what, _policy, _id, sentence);
}
