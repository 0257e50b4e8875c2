using CsCheck;

namespace MLOpsGovernance.Tests.PolicyCel;

/// <summary>Random expressions: mostly well typed, so that evaluation goes deep, and sometimes not, so that errors travel.</summary>
internal static class CelExpressionGenerator
{
    private static Gen<string> Any(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static readonly Gen<string> Names = Any("x", "y", "i", "s", "b", "l", "m");

    private static readonly Gen<string> Ints = Any("0", "1", "2", "-1", "7", "i", "9223372036854775807", "-9223372036854775808", "3u", "2.0", "1.5");
    private static readonly Gen<string> Strings = Any("''", "'a'", "'ab'", "s", "'é'", "'😀b'", "'1'");
    private static readonly Gen<string> Bools = Any("true", "false", "b");
    private static readonly Gen<string> Lists = Any("[]", "[1, 2, 3]", "l", "['a', 'b', 'a']", "[1, 'a', 2.0, 1u]", "[[1], [2, 1]]");
    private static readonly Gen<string> Maps = Any("{}", "{'a': 1, 'b': 2}", "m", "{1: 'x', 2u: 'y'}", "{'a': {'b': [1]}}");
    private static readonly Gen<string> Others = Any("null", "b'ab'", "duration('90s')", "timestamp('2026-01-31T10:00:00Z')", "optional.of(1)", "optional.none()", "type(1)", "absent");

    public static Gen<string> Expression(int depth) => depth <= 0
        ? Gen.Frequency((4, Ints), (3, Strings), (3, Bools), (3, Lists), (2, Maps), (1, Others), (2, Names))
        : Gen.Frequency((3, Bool(depth)), (2, Int(depth)), (2, Text(depth)), (3, List(depth)), (1, Map(depth)), (1, Expression(0)));

    private static Gen<string> Bool(int depth)
    {
        if (depth <= 0) return Bools;
        var (any, flag) = (Expression(depth - 1), Bool(depth - 1));
        return Gen.OneOf(
            Combine(any, Any("==", "!=", "<", "<=", ">", ">=", "in"), any),
            Combine(flag, Any("&&", "||"), flag),
            flag.Select(static e => $"!({e})"),
            Gen.Select(any, Any("a", "b", "c"), static (e, f) => $"has(({e}).{f})"),
            Gen.Select(List(depth - 1), Any("all", "exists", "exists_one"), flag, static (l, f, p) => $"({l}).{f}(x, {p})"),
            Gen.Select(List(depth - 1), Any("all", "exists"), Combine(Names, Any("==", ">", "in"), any), static (l, f, p) => $"({l}).{f}(x, {p})"),
            Gen.Select(Map(depth - 1), Any("all", "exists", "existsOne"), flag, static (l, f, p) => $"({l}).{f}(x, y, x != y || {p})"),
            Gen.Select(Text(depth - 1), Any("contains", "startsWith", "endsWith", "matches"), Text(depth - 1), static (a, f, c) => $"({a}).{f}({c})"));
    }

    private static Gen<string> Int(int depth)
    {
        if (depth <= 0) return Ints;
        var (any, number) = (Expression(depth - 1), Int(depth - 1));
        return Gen.OneOf(
            Combine(number, Any("+", "-", "*", "/", "%"), number),
            number.Select(static e => $"-({e})"),
            any.Select(static e => $"size({e})"),
            any.Select(static e => $"int({e})"),
            Gen.Select(number, number, static (a, c) => $"math.greatest({a}, {c})"),
            Gen.Select(Bool(depth - 1), number, number, static (c, a, o) => $"(({c}) ? ({a}) : ({o}))"),
            Gen.Select(List(depth - 1), number, static (l, i) => $"({l})[{i}]"),
            Gen.Select(Map(depth - 1), any, static (l, i) => $"({l})[?{i}].orValue(5)"));
    }

    private static Gen<string> Text(int depth)
    {
        if (depth <= 0) return Strings;
        var text = Text(depth - 1);
        return Gen.OneOf(
            Strings,
            Combine(text, Gen.Const("+"), text),
            Expression(depth - 1).Select(static e => $"string({e})"),
            Gen.Select(text, Ints, static (a, i) => $"({a}).charAt({i})"),
            Gen.Select(text, Ints, Ints, static (a, i, j) => $"({a}).substring({i}, {j})"),
            Gen.Select(text, text, text, static (a, o, n) => $"({a}).replace({o}, {n})"),
            Gen.Select(Expression(depth - 1), static e => $"'%s'.format([{e}])"),
            List(depth - 1).Select(static l => $"({l}).join('-')"));
    }

    private static Gen<string> List(int depth)
    {
        if (depth <= 0) return Lists;
        var (list, any) = (List(depth - 1), Expression(depth - 1));
        return Gen.OneOf(
            Lists,
            Gen.Select(any, any, static (a, c) => $"[{a}, {c}]"),
            Gen.Select(any, any, static (a, c) => $"[{a}, ?optional.ofNonZeroValue({c})]"),
            Combine(list, Gen.Const("+"), list),
            Gen.Select(list, any, static (l, e) => $"({l}).map(x, {e})"),
            Gen.Select(list, Bool(depth - 1), static (l, e) => $"({l}).filter(x, {e})"),
            Gen.Select(list, Bool(depth - 1), any, static (l, p, e) => $"({l}).transformList(i, x, {p}, {e})"),
            Gen.Select(list, Any("distinct", "reverse", "flatten", "sort"), static (l, f) => $"({l}).{f}()"),
            Gen.Select(list, any, static (l, e) => $"cel.bind(x, {l}, x + [{e}, x])"),
            Gen.Select(list, any, static (l, e) => $"({l}).sortBy(x, {e})"));
    }

    private static Gen<string> Map(int depth)
    {
        if (depth <= 0) return Maps;
        var any = Expression(depth - 1);
        return Gen.OneOf(
            Maps,
            Gen.Select(any, any, static (k, v) => $"{{{k}: {v}, 'z': 1}}"),
            Gen.Select(Map(depth - 1), any, static (m, e) => $"({m}).transformMap(x, y, {e})"),
            Gen.Select(List(depth - 1), any, static (l, e) => $"({l}).transformMapEntry(x, y, {{x: {e}}})"));
    }

    private static Gen<string> Combine(Gen<string> left, Gen<string> sign, Gen<string> right) =>
        Gen.Select(left, sign, right, static (a, s, c) => $"({a}) {s} ({c})");
}
