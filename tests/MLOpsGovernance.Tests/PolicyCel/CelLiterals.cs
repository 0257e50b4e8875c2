using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.PolicyCel;

public sealed class CelLiterals
{
    [Theory]
    [InlineData(@"r'\'.size() == 1")]
    [InlineData(@"r'\' == '\\'")]
    [InlineData(@"R""\"" + 'x' == '\\x'")]
    [InlineData(@"r'\\' == '\\\\'")]
    [InlineData(@"r'a""b' == 'a""b'")]
    [InlineData(@"br'\xff' == b'\\xff'")]
    [InlineData(@"r'''it's \''' == 'it\'s \\'")]
    [InlineData("r\"\"\"a\nb\\\"\"\" == 'a\\nb\\\\'")]
    public void Are_raw_up_to_the_first_closing_quote(string expression) => Cel.Evaluate(expression).IsTrue.ShouldBeTrue(expression);

    [Theory]
    [InlineData(@"r'a\'b'")]
    [InlineData(@"r'\'' == ''")]
    [InlineData(@"rb'a'")]
    [InlineData("r'a\nb'")]
    [InlineData("0X1F")]
    [InlineData(@"r'a")]
    public void Are_refused_where_the_grammar_has_no_such_literal(string expression) =>
        Cel.Issues(expression).ShouldHaveSingleItem().Code.ShouldBe("cel.syntax");
}
