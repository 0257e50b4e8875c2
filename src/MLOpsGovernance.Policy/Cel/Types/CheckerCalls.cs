using MLOpsGovernance.Policy.Cel.Syntax;

namespace MLOpsGovernance.Policy.Cel.Types;

internal sealed partial class Checker
{
    private Node Call(CallExpr call)
    {
        if (call.Function == Operator.Conditional) return Conditional(call);

        if (call.Target is not null && Qualified(call.Target) is { } prefix
            && environment.FindFunction($"{prefix.Name}.{call.Function}", prefix.Rooted) is { } namespaced
            && namespaced.Overloads.Exists(static o => !o.IsMember))
            return Resolve(call, namespaced, false, [.. call.Args.Select(Visit)]);

        var isMember = call.Target is not null;
        Node[] args = isMember ? [Visit(call.Target!), .. call.Args.Select(Visit)] : [.. call.Args.Select(Visit)];
        return environment.FindFunction(call.Function, call.Rooted) is { } function
            ? Resolve(call, function, isMember, args)
            : Refuse(call, "cel.name", $"There is no function '{call.Function}'.", Spelling.Nearest(call.Function, environment.FunctionNames));
    }

    private Node Resolve(CallExpr call, Function function, bool isMember, Node[] args)
    {
        var node = new CallNode(call, function, isMember, args);
        if (lenient)
        {
            node.Candidates = [.. function.Overloads.Where(o => o.IsMember == isMember && o.Parameters.Length == args.Length)];
            return Settle(call, node, CelType.Dyn);
        }

        var types = Array.ConvertAll(args, TypeOf);
        var candidates = new List<Overload>();
        CelType? result = null;
        foreach (var overload in function.Overloads)
        {
            if (overload.IsMember != isMember || overload.Parameters.Length != args.Length) continue;
            var (parameters, answer) = _types.Instantiate(overload);
            if (!_types.TryAssign(types, parameters)) continue;
            for (var i = 0; i < types.Length; i++) _types.Loosen(types[i], parameters[i]);
            candidates.Add(overload);
            answer = _types.Apply(answer);
            result = result is null || result.Same(answer) ? answer : CelType.Dyn;
        }

        if (result is null) return Refuse(call, "cel.type", NoOverload(function.Name, isMember, types));
        node.Candidates = candidates;
        return Settle(call, node, result);
    }

    /// <summary>Two functions look like calls, but must not touch their argument before it is needed.</summary>
    private Node Settle(CallExpr call, CallNode node, CelType result) =>
        node is { IsMember: true, Function.Name: "or" or "orValue", Args: [var target, var otherwise] }
            ? Typed(new OptionalOrNode(call, target, otherwise, node.Function.Name == "orValue"), result)
            : Typed(node, result);

    private string NoOverload(string function, bool isMember, CelType[] types)
    {
        var shown = Array.ConvertAll(types, Show);
        if (!char.IsAsciiLetter(function[0]))
        {
            var sign = Operator.Sign(function);
            return shown.Length == 2
                ? $"'{sign}' does not take {shown[0]} and {shown[1]}."
                : $"'{sign}' does not take {string.Join(", ", shown)}.";
        }

        return isMember
            ? $"'{function}' does not take ({string.Join(", ", shown.Skip(1))}) on a {shown[0]}."
            : $"'{function}' does not take ({string.Join(", ", shown)}).";
    }

    private Node Conditional(CallExpr call)
    {
        var (condition, then, otherwise) = (Visit(call.Args[0]), Visit(call.Args[1]), Visit(call.Args[2]));
        WantBool(call.Args[0], condition, "The condition of '?:'");
        var node = new ConditionalNode(call, condition, then, otherwise);
        var result = _types.Fresh();
        if (_types.TryAssign([then.Type, otherwise.Type], [result, result])) return Typed(node, _types.Apply(result));
        return lenient
            ? Typed(node, CelType.Dyn)
            : Refuse(call, "cel.type", $"Both branches of '?:' must have one type; these are {Show(then.Type)} and {Show(otherwise.Type)}.");
    }

    private void WantBool(Expr at, Node node, string what)
    {
        if (!_types.TryAssign(node.Type, CelType.Bool)) Refuse(at, "cel.type", $"{what} must be bool, not {Show(node.Type)}.");
    }

    private LogicNode Logic(LogicExpr logic)
    {
        var terms = new Node[logic.Terms.Length];
        for (var i = 0; i < terms.Length; i++)
        {
            terms[i] = Visit(logic.Terms[i]);
            WantBool(logic.Terms[i], terms[i], logic.IsAnd ? "Each side of '&&'" : "Each side of '||'");
        }

        return Typed(new LogicNode(logic, logic.IsAnd, terms), CelType.Bool);
    }
}
