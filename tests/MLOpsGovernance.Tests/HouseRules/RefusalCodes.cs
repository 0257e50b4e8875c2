using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.HouseRules;

/// <summary>Codes are what programs rely on. Every code that the domain can answer is asked for in some test.</summary>
public sealed partial class RefusalCodes
{
    private static readonly string Tests = string.Join('\n', House.Files("tests/MLOpsGovernance.Tests", ".cs").Select(File.ReadAllText));

    public static TheoryData<string> OfTheDomain => [.. In(Refusing())];

    public static TheoryData<string> OfMaterialChanges => [.. In(Changing())];

    [Theory]
    [MemberData(nameof(OfTheDomain))]
    public void Are_each_tested(string code) =>
        (Tests.Contains($"ThenRefused(\"{code}\"", StringComparison.Ordinal) || Tests.Contains($", \"{code}\" }}", StringComparison.Ordinal) || Tests.Contains($", \"{code}\")]", StringComparison.Ordinal))
            .ShouldBeTrue($"no test asks for the refusal {code}");

    [Theory]
    [MemberData(nameof(OfMaterialChanges))]
    public void Of_what_became_of_an_approval_are_each_tested(string code) => Tests.Contains($"\"{code}\"", StringComparison.Ordinal).ShouldBeTrue($"no test asks for the cause {code}");

    [Theory]
    [MemberData(nameof(OfTheDomain))]
    [MemberData(nameof(OfMaterialChanges))]
    public void Are_lower_case_words_with_hyphens(string code) => code.ShouldMatch("^[a-z]+(-[a-z0-9]+)*$");

    [Fact]
    public void Are_found() => (In(Refusing()).Count > 70, In(Changing()).Count > 9).ShouldBe((true, true));

    private static IReadOnlyList<string> In(Regex code) =>
        [.. House.Files("src/MLOpsGovernance.Domain", ".cs").SelectMany(file => code.Matches(File.ReadAllText(file))).Select(m => m.Groups["code"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    [GeneratedRegex("""\b(Conflict|Forbidden|NotFound|Unprocessable)\(\s*"(?<code>[^"]+)"\s*,""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Refusing();

    [GeneratedRegex("""\bnew\("(?<code>[a-z-]+)", \$?["]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Changing();
}
