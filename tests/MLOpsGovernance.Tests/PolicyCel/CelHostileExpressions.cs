using System.Diagnostics;
using MLOpsGovernance.Policy.Cel.Values;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.PolicyCel;

/// <summary>Whatever the text, the end is an answer or an error, soon, and never the end of the process.</summary>
public sealed class CelHostileExpressions
{
    private static string Repeat(string part, int count) => string.Concat(Enumerable.Repeat(part, count));

    public static TheoryData<string, string> Unreadable() => new()
    {
        { "brackets", Repeat("(", 10_000) + "1" + Repeat(")", 10_000) },
        { "lists", Repeat("[", 10_000) + Repeat("]", 10_000) },
        { "maps", Repeat("{1:", 10_000) + "1" + Repeat("}", 10_000) },
        { "negations", Repeat("!", 10_000) + "true" },
        { "minuses", Repeat("-", 10_000) + "i" },
        { "selections", "a" + Repeat(".a", 10_000) },
        { "indexes", "a" + Repeat("[0]", 10_000) },
        { "calls", Repeat("size(", 10_000) + "''" + Repeat(")", 10_000) },
        { "conditionals", Repeat("true?1:", 10_000) + "1" },
        { "additions", "1" + Repeat("+1", 10_000) },
        { "macros", Repeat("[1].map(x,", 10_000) + "x" + Repeat(")", 10_000) },
        { "a million characters", "'" + Repeat("a", 1_000_000) + "'" },
        { "half a surrogate pair", "'\ud800'" },
        { "half a surrogate pair in an escape", "'\\ud800'" },
        { "a string without end", "'''" + Repeat("a'", 1_000) },
        { "nothing", "" },
        { "a control character", "1 \u0001 2" },
        { "2^63", "9223372036854775808" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void Are_refused_where_they_are_no_expressions(string what, string expression)
    {
        var started = Stopwatch.GetTimestamp();
        Cel.Issues(expression).ShouldNotBeEmpty(what);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(2), what);
    }

    [Theory]
    [InlineData("9223372036854775807 + 1")]
    [InlineData("-9223372036854775808 - 1")]
    [InlineData("9223372036854775807 * 2")]
    [InlineData("-9223372036854775808 / -1")]
    [InlineData("-9223372036854775808 % -1")]
    [InlineData("-(-9223372036854775808)")]
    [InlineData("18446744073709551615u + 1u")]
    [InlineData("18446744073709551615u * 2u")]
    [InlineData("0u - 1u")]
    [InlineData("1 / 0")]
    [InlineData("1 % 0")]
    [InlineData("int(9223372036854775808.0)")]
    [InlineData("int(-9223372036854775808.0)")]
    [InlineData("uint(18446744073709551616.0)")]
    [InlineData("timestamp('9999-12-31T23:59:59Z') + duration('1s')")]
    [InlineData("timestamp('9999-12-31T23:59:59Z') - timestamp('0001-01-01T00:00:00Z')")]
    [InlineData("duration('9223372036s') + duration('1s')")]
    [InlineData("'%.100000f'.format([1.0])")]
    [InlineData("'a'.matches('(((a{1000}){1000}){1000})')")]
    [InlineData("'a'.matches('(?=a)')")]
    [InlineData("'a'.matches('(a)\\\\1')")]
    [InlineData("string(b'\\xff')")]
    public void Give_an_error_where_there_is_no_value(string expression) => Cel.Evaluate(expression).Kind.ShouldBe(CelKind.Error);

    [Theory]
    [InlineData("[1,2,3,4,5,6,7,8,9,10].map(a,[1,2,3,4,5,6,7,8,9,10].map(b,[1,2,3,4,5,6,7,8,9,10].map(c,[1,2,3,4,5,6,7,8,9,10].map(d,[1,2,3,4,5,6,7,8,9,10].map(e,[1,2,3,4,5,6,7,8,9,10].map(f,[1,2,3,4,5,6,7,8,9,10].map(g,[1,2,3,4,5,6,7,8,9,10].map(h,a))))))))")]
    [InlineData("lists.range(1000000000).size() > 0")]
    [InlineData("lists.range(9223372036854775807).size() > 0")]
    [InlineData("lists.range(30000).all(a, lists.range(30000).all(b, true))")]
    public void Stop_at_the_budget_where_they_would_run_for_long(string expression)
    {
        var started = Stopwatch.GetTimestamp();
        Cel.Evaluate(expression).Kind.ShouldBe(CelKind.Error);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("'aaaaaaaaaa'", "{0} + {0}")]
    [InlineData("[1, 2, 3]", "{0} + {0}")]
    [InlineData("['a']", "[{0}, {0}]")]
    [InlineData("{'a': 1}", "{{'a': {0}, 'b': {0}}}")]
    [InlineData("'ab'", "{0}.replace('', {0})")]
    public void Stop_at_the_budget_where_values_double(string start, string step)
    {
        // Each name stands for twice the one before: forty of them would be a million million.
        var text = string.Concat(Enumerable.Range(1, 40).Select(i =>
            $"cel.bind(v{i}, {string.Format(System.Globalization.CultureInfo.InvariantCulture, step, i == 1 ? start : $"v{i - 1}")}, "));
        var started = Stopwatch.GetTimestamp();
        Cel.Evaluate($"{text}v40 == v40 && '%s'.format([v40]) != ''{new string(')', 40)}").Kind.ShouldBe(CelKind.Error);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Are_checked_in_time_even_when_types_double()
    {
        var names = string.Concat(Enumerable.Range(1, 60).Select(static i => $"cel.bind(v{i}, {{v{i - 1}: v{i - 1}}}, "));
        var started = Stopwatch.GetTimestamp();
        _ = Cel.Issues($"cel.bind(v0, [][0], {names}v60{new string(')', 61)}");
        _ = Cel.Issues(string.Concat(Enumerable.Range(0, 60).Select(static i => $"cel.bind(v{i}, [][0], ")) + string.Join(" && ", Enumerable.Range(0, 59).Select(static i => $"v{i} == {{v{i + 1}: v{i + 1}}}")) + new string(')', 60));
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("(.*)*b")]
    [InlineData("(x+x+)+y")]
    public void Match_patterns_in_linear_time(string pattern)
    {
        var started = Stopwatch.GetTimestamp();
        Cel.Evaluate($"text.matches('{pattern}')", ("text", CelValue.Of(Repeat("a", 50_000) + "!"))).IsFalse.ShouldBeTrue();
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Fit_on_a_small_stack_as_deep_as_they_may_be()
    {
        var deep = $"{Repeat("(", 240)}true{Repeat(")", 240)} && {Repeat("[", 240)}1{Repeat("]", 240)} != [] && {"1" + Repeat("+1", 480)} > 0 && {Repeat("!", 490)}true";
        var value = default(CelValue);
        var thread = new Thread(() => value = Cel.Evaluate(deep, lenient: false, Cel.Limit), maxStackSize: 1024 * 1024);
        thread.Start();
        thread.Join();
        value.IsTrue.ShouldBeTrue();
    }
}
