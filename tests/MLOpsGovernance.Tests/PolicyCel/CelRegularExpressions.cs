using MLOpsGovernance.Policy.Cel.Regex;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.PolicyCel;

/// <summary>RE2 as its syntax page states it; each line is a place where the framework's own engine answers otherwise or not at all.</summary>
public sealed class CelRegularExpressions
{
    private static bool Matches(string pattern, string text)
    {
        var (program, why) = Re2Program.Compile(pattern);
        return program.ShouldNotBeNull(why).Matches(text);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("b", "abc")]
    [InlineData("^abc$", "abc")]
    [InlineData("^.$", "😀")]
    [InlineData("^[😀-😂]$", "😁")]
    [InlineData("^a{2,3}$", "aaa")]
    [InlineData("^a{2,}$", "aaaaa")]
    [InlineData("a{,2}", "a{,2}")]
    [InlineData("x{", "x{")]
    [InlineData("^(?:a|b)+?c$", "abac")]
    [InlineData("(?P<name>a)(?<other>b)", "ab")]
    [InlineData("(?i)straße", "STRAßE")]
    [InlineData("(?i:A)b", "ab")]
    [InlineData("(?i)\u212a", "k")]
    [InlineData("(?s)a.b", "a\nb")]
    [InlineData("(?m)^b$", "a\nb\nc")]
    [InlineData("(?U)a+", "a")]
    [InlineData("\\Qa.b\\E", "a.b")]
    [InlineData("\\Qab\\E+$", "abbb")]
    [InlineData("\\x{1F600}", "😀")]
    [InlineData("\\x41", "A")]
    [InlineData("\\101", "A")]
    [InlineData("^[[:alpha:]]+$", "abc")]
    [InlineData("^[[:^digit:][:digit:]]+$", "a1")]
    [InlineData("^\\p{Greek}+$", "αβγ")]
    [InlineData("^\\pL+$", "aéж")]
    [InlineData("^\\p{^Lu}+$", "abc")]
    [InlineData("^[\\pN\\-]+$", "1-²")]
    [InlineData("\\bword\\b", "a word.")]
    [InlineData("^[]a]+$", "]a")]
    [InlineData("^[a\\]]+$", "]a")]
    [InlineData("^[-a]+$", "a-")]
    [InlineData("a\\z", "ba")]
    public void Match(string pattern, string text) => Matches(pattern, text).ShouldBeTrue();

    [Theory]
    [InlineData("a$", "a\n")]
    [InlineData("^\\d$", "٣")]
    [InlineData("^\\w$", "é")]
    [InlineData("^\\s$", "\u00a0")]
    [InlineData("\\bé", "éa")]
    [InlineData(".", "\n")]
    [InlineData("^[[:alpha:]]$", "é")]
    [InlineData("^[^a]$", "a")]
    [InlineData("\\Ab", "ab")]
    public void Do_not_match(string pattern, string text) => Matches(pattern, text).ShouldBeFalse();

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("a**")]
    [InlineData("*a")]
    [InlineData("[a")]
    [InlineData("[b-a]")]
    [InlineData("a\\")]
    [InlineData("(?=a)")]
    [InlineData("(?!a)")]
    [InlineData("(?<=a)")]
    [InlineData("\\1")]
    [InlineData("\\p{Klingon}")]
    [InlineData("[[:word")]
    [InlineData("[[:nothing:]]")]
    [InlineData("a{1001}")]
    [InlineData("\\x{110000}")]
    [InlineData("(?P<1-2>a)")]
    [InlineData("\\Z")]
    [InlineData("\\G")]
    public void Are_refused_with_a_reason_where_RE2_refuses_them(string pattern) => Re2Program.Compile(pattern).Why.ShouldNotBeNullOrEmpty();
}
