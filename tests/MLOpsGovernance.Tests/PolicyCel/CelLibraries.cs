using MLOpsGovernance.Policy.Cel.Values;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.PolicyCel;

/// <summary>Functions that the public suite does not cover.</summary>
public sealed class CelLibraries
{
    [Theory]
    [InlineData("[3, 1, 2].sort() == [1, 2, 3]")]
    [InlineData("['b', '😀', '\uffff', 'a'].sort() == ['a', 'b', '\uffff', '😀']")]
    [InlineData("[{'n': 2}, {'n': 1}].sortBy(e, e.n) == [{'n': 1}, {'n': 2}]")]
    [InlineData("[1, 2.0, 1u, 1.0, 2].distinct() == [1, 2]")]
    [InlineData("[[1], [1], [2]].distinct().size() == 2")]
    [InlineData("[[1, [2]], [3]].flatten() == [1, [2], 3]")]
    [InlineData("[1, [2, [3]]].flatten(2) == [1, 2, 3]")]
    [InlineData("lists.range(3) == [0, 1, 2]")]
    [InlineData("[1, 2, 3].slice(1, 3) == [2, 3] && [1, 2].reverse() == [2, 1]")]
    [InlineData("[1, 2, 3].sum() == 6 && [1.5, 2.5].max() == 2.5 && ['b', 'a'].min() == 'a'")]
    [InlineData("[duration('1s'), duration('2s')].sum() == duration('3s')")]
    [InlineData("[1.5].filter(x, false).sum() == 0.0 && [duration('1s')].filter(x, false).sum() == duration('0') && [1u].filter(x, false).sum() == 0u && [].sum() == 0")]
    [InlineData("sets.contains([1, 2], [dyn(2.0)]) && !sets.contains([1], [1, 2]) && sets.equivalent([1, 1], [dyn(1u)]) && sets.intersects([1, 2], [2, 3])")]
    [InlineData("[1, 2].first().value() == 1 && [].last().hasValue() == false")]
    [InlineData("base64.encode(b'hello') == 'aGVsbG8=' && base64.decode('aGVsbG8') == b'hello'")]
    [InlineData("semver('1.2.3').isGreaterThan(semver('1.2.3-rc.1')) && semver('1.10.0').compareTo(semver('1.9.0')) == 1")]
    [InlineData("semver('1.4.0').satisfies('>=1.0.0 <2.0.0') && isSemver('1.0.0+build') && !isSemver('v1') && semver('2.3.4').minor() == 3")]
    [InlineData("string(1000000.0) == '1e+06' && string(0.0001) == '0.0001' && string(0.00001) == '1e-05' && string(123456.5) == '123456.5'")]
    [InlineData("timestamp('2026-03-29T00:59:59Z').getHours('Europe/Berlin') == 1 && timestamp('2026-03-29T01:00:00Z').getHours('Europe/Berlin') == 3")]
    [InlineData("timestamp('2026-01-01T00:00:00Z').getFullYear('-00:01') == 2025 && timestamp('2026-01-01T00:00:00Z').getHours('US/Central') == 18")]
    [InlineData("'abc'.replace('', '-') == '-a-b-c-' && 'a😀'.split('') == ['a', '😀'] && ''.split(',') == ['']")]
    [InlineData("'%.1f|%.0f|%.0f|%.3e'.format([0.25, 1.5, 2.5, 0.00012345]) == '0.2|2|2|1.234e-04'")]
    [InlineData("optional.of(1).orValue(1 / 0) == 1 && optional.of(1).or(optional.of(1 / 0)).value() == 1 && optional.none().or(optional.of(2)).value() == 2")]
    [InlineData("{'a': {'b': 1}}.?a.?b.orValue({}.c) == 1 && !{}.?a.or(optional.none()).hasValue()")]
    public void Give_what_their_descriptions_say(string expression) => Cel.Evaluate(expression).IsTrue.ShouldBeTrue(expression);

    [Theory]
    [InlineData("[1, 'a'].sort()")]
    [InlineData("[].max()")]
    [InlineData("['a'].sum()")]
    [InlineData("[1].slice(0, 2)")]
    [InlineData("[1].flatten(-1)")]
    [InlineData("semver('1.0')")]
    [InlineData("semver('1.0.0').satisfies('newest')")]
    [InlineData("base64.decode('a b')")]
    [InlineData("timestamp('2026-02-29T00:00:00Z')")]
    [InlineData("timestamp('2026-01-01T00:00:00Z').getHours('Moon/Tranquility')")]
    [InlineData("duration('1d')")]
    [InlineData("optional.none().orValue(1 / 0)")]
    [InlineData("optional.of(1 / 0).orValue(1)")]
    [InlineData("optional.none().or(1)")]
    [InlineData("dyn(1).orValue(2)")]
    public void Give_an_error_where_there_is_no_answer(string expression) => Cel.Evaluate(expression, lenient: true, Cel.Limit).Kind.ShouldBe(CelKind.Error);
}
