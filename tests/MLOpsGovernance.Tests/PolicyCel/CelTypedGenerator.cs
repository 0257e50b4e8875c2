using CsCheck;

namespace MLOpsGovernance.Tests.PolicyCel;

/// <summary>Random expressions that the checker accepts, over the variables of <see cref="CelTypedExpressions"/>.</summary>
internal static class CelTypedGenerator
{
    private static Gen<string> Any(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static Gen<string> Infix(Gen<string> left, Gen<string> sign, Gen<string> right) => Gen.Select(left, sign, right, static (a, s, c) => $"({a} {s} {c})");

    private static Gen<string> Call(string format, params Gen<string>[] parts) => parts.Length switch
    {
        1 => parts[0].Select(a => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, a)),
        2 => Gen.Select(parts[0], parts[1], (a, b) => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, a, b)),
        _ => Gen.Select(parts[0], parts[1], parts[2], (a, b, c) => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, a, b, c)),
    };

    private static readonly Gen<string> Signs = Any("==", "!=", "<", "<=", ">", ">=");
    private static readonly Gen<string> SmallInts = Any("0", "1", "2", "3", "-1");

    public static Gen<string> Expression(int depth) => Gen.OneOf(Bool(depth), Bool(depth), Int(depth), Double(depth), Text(depth), Ints(depth), Texts(depth), Map(depth), Time(depth), Span(depth), Data(depth));

    private static Gen<string> Bool(int depth) => depth <= 0
        ? Any("true", "false", "flag", "record.done")
        : Gen.OneOf(
            Infix(Int(depth - 1), Signs, Int(depth - 1)), Infix(Double(depth - 1), Signs, Double(depth - 1)), Infix(Text(depth - 1), Signs, Text(depth - 1)),
            Infix(Time(depth - 1), Signs, Time(depth - 1)), Infix(Span(depth - 1), Signs, Span(depth - 1)), Infix(Data(depth - 1), Signs, Data(depth - 1)),
            Infix(Ints(depth - 1), Any("==", "!="), Ints(depth - 1)), Infix(Map(depth - 1), Any("==", "!="), Map(depth - 1)),
            Infix(Bool(depth - 1), Any("&&", "||"), Bool(depth - 1)), Call("!{0}", Bool(0)), Call("({0} ? {1} : {2})", Bool(depth - 1), Bool(depth - 1), Bool(depth - 1)),
            Infix(Int(depth - 1), Any("in"), Ints(depth - 1)), Infix(Text(depth - 1), Any("in"), Texts(depth - 1)), Infix(Text(depth - 1), Any("in"), Map(depth - 1)),
            Call("{0}.all(x, x > {1})", Ints(depth - 1), Int(depth - 1)), Call("{0}.exists(t, t == {1} || {2})", Texts(depth - 1), Text(depth - 1), Bool(depth - 1)),
            Call("{0}.exists_one(x, x % 2 == {1})", Ints(depth - 1), Int(0)), Call("{0}.all(i, x, i < x || {1})", Ints(depth - 1), Bool(depth - 1)),
            Call("{0}.exists(k, v, k == {1} || v > {2})", Map(depth - 1), Text(depth - 1), Int(depth - 1)), Call("{0}.existsOne(k, v, v == {1})", Map(depth - 1), Int(depth - 1)),
            Call("has({0}.a)", Map(depth - 1)), Any("has(record.note)", "has(record.part.size)"),
            Call("{0}.contains({1})", Text(depth - 1), Text(depth - 1)), Call("{0}.startsWith({1})", Text(depth - 1), Text(depth - 1)), Call("{0}.matches('^[a-c]+é?$')", Text(depth - 1)),
            Call("{0}.matches({1})", Text(depth - 1), Text(depth - 1)), Call("sets.contains({0}, {1})", Ints(depth - 1), Ints(depth - 1)),
            Call("sets.intersects({0}, {1})", Texts(depth - 1), Texts(depth - 1)), Call("sets.equivalent({0}, {1})", Ints(depth - 1), Ints(depth - 1)),
            Call("dyn({0}) == dyn({1})", Expression(depth - 2), Expression(depth - 2)), Call("{0}[?{1}].hasValue()", Ints(depth - 1), Int(depth - 1)),
            Call("type({0}) == type({1})", Expression(depth - 2), Expression(depth - 2)), Call("bool({0})", Text(depth - 1)), Call("math.isNaN({0})", Double(depth - 1)));

    private static Gen<string> Int(int depth) => depth <= 0
        ? Any("0", "1", "2", "-1", "7", "n", "9223372036854775807", "-9223372036854775808", "record.part.size")
        : Gen.OneOf(
            Infix(Int(depth - 1), Any("+", "-", "*", "/", "%"), Int(depth - 1)), Call("-({0})", Int(depth - 1)), Call("size({0})", Text(depth - 1)), Call("{0}.size()", Ints(depth - 1)), Call("size({0})", Map(depth - 1)),
            Call("int({0})", Double(depth - 1)), Call("int({0})", Text(depth - 1)), Call("int({0})", Time(depth - 1)), Call("{0}[{1}]", Ints(depth - 1), Int(depth - 1)), Call("{0}[{1}]", Map(depth - 1), Text(depth - 1)), Call("{0}.a", Map(depth - 1)),
            Call("{0}.indexOf({1})", Text(depth - 1), Text(depth - 1)), Call("{0}.lastIndexOf({1}, {2})", Text(depth - 1), Text(depth - 1), SmallInts),
            Call("math.greatest({0}, {1}, {2})", Int(depth - 1), Int(depth - 1), Int(depth - 1)), Call("math.least({0})", Ints(depth - 1)), Call("math.abs({0})", Int(depth - 1)),
            Call("math.bitShiftLeft({0}, {1})", Int(depth - 1), Int(depth - 1)), Call("{0}.sum()", Ints(depth - 1)), Call("{0}.max()", Ints(depth - 1)),
            Call("{0}.getHours()", Time(depth - 1)), Call("{0}.getDayOfYear('Europe/Berlin')", Time(depth - 1)), Call("{0}.getMilliseconds()", Span(depth - 1)),
            Call("({0} ? {1} : {2})", Bool(depth - 1), Int(depth - 1), Int(depth - 1)), Call("{0}[?{1}].orValue({2})", Ints(depth - 1), Int(depth - 1), Int(depth - 1)),
            Call("{0}.?a.optMap(v, v + {1}).orValue({2})", Map(depth - 1), Int(depth - 1), Int(depth - 1)), Call("{0}.first().or({1}.last()).value()", Ints(depth - 1), Ints(depth - 1)),
            Call("cel.bind(y, {0}, y + y * {1})", Int(depth - 1), Int(depth - 1)));

    private static Gen<string> Double(int depth) => depth <= 0
        ? Any("0.0", "1.5", "-2.5", "d", "1e308", "0.1")
        : Gen.OneOf(
            Infix(Double(depth - 1), Any("+", "-", "*", "/"), Double(depth - 1)), Call("double({0})", Int(depth - 1)), Call("double({0})", Text(depth - 1)), Call("math.round({0})", Double(depth - 1)),
            Call("math.sqrt({0})", Int(depth - 1)), Call("math.greatest([{0}, {1}])", Double(depth - 1), Double(depth - 1)), Call("math.floor({0})", Double(depth - 1)));

    private static Gen<string> Text(int depth) => depth <= 0
        ? Any("''", "'a'", "'ab'", "'é😀b'", "'1.5'", "s", "record.note", "'a,b,,c'")
        : Gen.OneOf(
            Infix(Text(depth - 1), Any("+"), Text(depth - 1)), Call("string({0})", Int(depth - 1)), Call("string({0})", Double(depth - 1)), Call("string({0})", Bool(depth - 1)), Call("string({0})", Time(depth - 1)),
            Call("string({0})", Span(depth - 1)), Call("string({0})", Data(depth - 1)), Call("{0}.charAt({1})", Text(depth - 1), SmallInts), Call("{0}.substring({1}, {2})", Text(depth - 1), SmallInts, SmallInts),
            Call("{0}.replace({1}, {2})", Text(depth - 1), Text(depth - 1), Text(depth - 1)), Call("{0}.upperAscii()", Text(depth - 1)), Call("{0}.reverse()", Text(depth - 1)), Call("{0}.trim()", Text(depth - 1)),
            Call("strings.quote({0})", Text(depth - 1)), Call("{0}.join({1})", Texts(depth - 1), Text(depth - 1)), Call("base64.encode({0})", Data(depth - 1)),
            Call("'%s|%d'.format([{0}, {1}])", Expression(depth - 2), Int(depth - 1)), Call("'%.3f %e'.format([{0}, {1}])", Double(depth - 1), Double(depth - 1)), Call("'%x %s'.format([{0}, {1}])", Text(depth - 1), Map(depth - 1)),
            Call("{0}[{1}]", Texts(depth - 1), Int(depth - 1)), Call("({0} ? {1} : {2})", Bool(depth - 1), Text(depth - 1), Text(depth - 1)));

    private static Gen<string> Ints(int depth) => depth <= 0
        ? Any("[]", "[1, 2, 3]", "xs", "[2, 2]", "[n]")
        : Gen.OneOf(
            Call("[{0}, {1}]", Int(depth - 1), Int(depth - 1)), Call("[{0}, ?{1}[?{2}]]", Int(depth - 1), Ints(depth - 1), Int(depth - 1)), Infix(Ints(depth - 1), Any("+"), Ints(depth - 1)),
            Call("{0}.map(x, x + {1})", Ints(depth - 1), Int(depth - 1)), Call("{0}.filter(x, x > {1})", Ints(depth - 1), Int(depth - 1)), Call("{0}.map(x, {1}, x * {2})", Ints(depth - 1), Bool(depth - 1), Int(depth - 1)),
            Call("{0}.transformList(i, x, i > {1}, x)", Ints(depth - 1), Int(depth - 1)), Call("{0}.transformList(k, v, v)", Map(depth - 1)), Call("{0}.map(t, size(t))", Texts(depth - 1)),
            Call("{0}.sort()", Ints(depth - 1)), Call("{0}.distinct()", Ints(depth - 1)), Call("{0}.reverse()", Ints(depth - 1)), Call("{0}.slice({1}, {2})", Ints(depth - 1), SmallInts, SmallInts),
            Call("[{0}, {1}].flatten()", Ints(depth - 1), Ints(depth - 1)), Call("{0}.sortBy(x, {1} - x)", Ints(depth - 1), Int(depth - 1)), Any("lists.range(5)", "lists.range(0)"), Call("cel.bind(l, {0}, l + l)", Ints(depth - 1)));

    private static Gen<string> Texts(int depth) => depth <= 0
        ? Any("['a', 'b', 'a']", "ss", "[s]", "['']")
        : Gen.OneOf(
            Call("[{0}, {1}]", Text(depth - 1), Text(depth - 1)), Call("{0}.split({1})", Text(depth - 1), Text(depth - 1)), Call("{0}.split({1}, {2})", Text(depth - 1), Text(depth - 1), SmallInts),
            Call("{0}.map(t, t + {1})", Texts(depth - 1), Text(depth - 1)), Call("{0}.map(k, k)", Map(depth - 1)), Call("{0}.filter(t, t != {1})", Texts(depth - 1), Text(depth - 1)), Call("{0}.distinct()", Texts(depth - 1)),
            Call("{0}.sort()", Texts(depth - 1)), Call("{0}.map(x, string(x))", Ints(depth - 1)), Infix(Texts(depth - 1), Any("+"), Texts(depth - 1)));

    private static Gen<string> Map(int depth) => depth <= 0
        ? Any("{'a': 1, 'b': 2}", "m", "{'a': n}", "{s: 1}")
        : Gen.OneOf(
            Call("{{{0}: {1}, 'z': {2}}}", Text(depth - 1), Int(depth - 1), Int(depth - 1)), Call("{0}.transformMap(k, v, v + {1})", Map(depth - 1), Int(depth - 1)), Call("{0}.transformMap(k, v, v > {1}, v)", Map(depth - 1), Int(depth - 1)),
            Call("{0}.transformMapEntry(i, t, {{t: i + {1}}})", Texts(depth - 1), Int(depth - 1)), Call("{{?'a': {0}[?{1}]}}", Ints(depth - 1), Int(depth - 1)));

    private static Gen<string> Time(int depth) => depth <= 0
        ? Any("now", "timestamp('2026-01-31T10:00:00.5Z')", "timestamp(0)", "timestamp('9999-12-31T23:59:59Z')")
        : Gen.OneOf(Infix(Time(depth - 1), Any("+", "-"), Span(depth - 1)), Call("timestamp({0})", Int(depth - 1)), Call("timestamp({0})", Text(depth - 1)), Infix(Span(depth - 1), Any("+"), Time(depth - 1)));

    private static Gen<string> Span(int depth) => depth <= 0
        ? Any("duration('90s')", "duration('-1h30m')", "duration('0')", "age")
        : Gen.OneOf(Infix(Span(depth - 1), Any("+", "-"), Span(depth - 1)), Infix(Time(depth - 1), Any("-"), Time(depth - 1)), Call("duration({0})", Text(depth - 1)));

    private static Gen<string> Data(int depth) => depth <= 0
        ? Any("b'ab'", "b''", "b'\\xff'", "bytes(s)")
        : Gen.OneOf(Infix(Data(depth - 1), Any("+"), Data(depth - 1)), Call("bytes({0})", Text(depth - 1)), Call("base64.decode({0})", Text(depth - 1)));
}
