using System.Text;
using System.Text.Json;
using CsCheck;
using MLOpsGovernance.Evidence;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Evidence;

public sealed class WritingCanonicalJson
{
    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Of(Encoding.UTF8.GetBytes(json).AsMemory()));

    [Fact]
    public void Gives_the_example_of_RFC_8785_section_3_2_2() =>
        Canonical("""
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """).ShouldBe("""{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""");

    [Fact]
    public void Sorts_members_by_UTF_16_code_units_as_in_section_3_2_3()
    {
        using var sorted = JsonDocument.Parse(Canonical("""
            {"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
             "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}
            """));
        sorted.RootElement.EnumerateObject().Select(m => m.Value.GetString()).ShouldBe(
        [
            "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
            "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
        ]);
    }

    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Prints_the_numbers_of_appendix_B(ulong bits, string expected) =>
        Canonical(BitConverter.UInt64BitsToDouble(bits).ToString("E17", System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(expected);

    [Fact]
    public void Keeps_every_finite_number_and_is_stable() =>
        Gen.Double.Where(double.IsFinite).Sample(number =>
        {
            var text = Canonical(number.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
            double.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(number);
            Canonical(text).ShouldBe(text);
        });

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""["\ud800"]""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("1e400")]
    [InlineData("NaN")]
    [InlineData("1 2")]
    [InlineData("")]
    public void Is_refused_for_what_has_no_canonical_form(string json)
    {
        Should.Throw<JsonException>(() => Canonical(json));
        Should.Throw<JsonException>(() => CanonicalJson.Of(Encoding.UTF8.GetBytes(json).AsSpan()));
    }
}
