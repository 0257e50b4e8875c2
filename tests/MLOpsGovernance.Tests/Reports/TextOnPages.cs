using MLOpsGovernance.Reports.Layout;
using MLOpsGovernance.Reports.Layout.Fonts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Reports;

public sealed class TextOnPages
{
    [Fact]
    public void Text_is_read_back_as_it_was_written()
    {
        const string Said = "The office of Ωμέγα and Щука: naïve café, 12.5 % «quoted» — done";
        using var pdf = Pages.Of(static c => c.Text(Said), width: 500).Read();
        pdf.Texts().ShouldBe([Said]);
    }

    [Fact]
    public void A_word_of_200_letters_is_broken_within_the_width_and_keeps_every_letter()
    {
        var word = string.Concat(Enumerable.Range(0, 200).Select(static i => (char)('a' + (i % 26))));
        using var pdf = Pages.Of(c => c.Text(word)).Read();
        var letters = pdf.GetPages().SelectMany(static p => p.Letters).ToList();
        string.Concat(letters.Select(static l => l.Value)).ShouldBe(word, "no hyphen, no loss");
        letters.ShouldAllBe(static l => l.EndBaseLine.X <= 190.5 && l.StartBaseLine.X >= 9.5);
    }

    [Fact]
    public void A_word_with_signs_is_broken_after_one()
    {
        using var pdf = Pages.Of(static c => c.Text("governance/models/motor_claims_scoring.production"), width: 160).Read();
        pdf.GetPage(1).GetWords().Select(static w => w.Text).ShouldAllBe(static w => w.EndsWith('/') || w.EndsWith('_') || w.EndsWith('.') || w.EndsWith("production", StringComparison.Ordinal));
    }

    [Fact]
    public void Hebrew_runs_from_the_right_and_numbers_in_it_from_the_left()
    {
        using var pdf = Pages.Of(static c => c.Text("שלום abc 123 עולם")).Read();
        var letters = pdf.GetPage(1).Letters;
        double X(string letter) => letters.First(l => l.Value == letter).StartBaseLine.X;
        X("ש").ShouldBeGreaterThan(X("a"), "the paragraph begins at the right");
        X("a").ShouldBeLessThan(X("b"));
        X("1").ShouldBeLessThan(X("2"));
        X("ע").ShouldBeLessThan(X("a"), "and goes on at the left");
        letters.Max(static l => l.EndBaseLine.X).ShouldBe(190, 1.5, "it is aligned to the right");
    }

    [Fact]
    public void Arabic_letters_are_joined()
    {
        using var pdf = Pages.Of(static c => c.Column(static column => { column.Item().Text("بيت"); column.Item().Text("ب ي ت"); })).Read();
        var lines = pdf.GetPage(1).Letters.GroupBy(static l => Math.Round(l.StartBaseLine.Y)).OrderByDescending(static g => g.Key).ToList();
        static double Width(IEnumerable<UglyToad.PdfPig.Content.Letter> line) => line.Max(static l => l.EndBaseLine.X) - line.Min(static l => l.StartBaseLine.X);
        Width(lines[0]).ShouldBeLessThan(Width(lines[1]) * 0.75, "joined forms are narrower than lone ones");
    }

    [Theory]
    [InlineData("模型治理报告", "Chinese")]
    [InlineData("モデルの監査", "Japanese")]
    [InlineData("नमस्ते दुनिया", "Devanagari")]
    public void Other_scripts_fall_back_to_a_font_that_has_them(string text, string script)
    {
        var rendered = Pages.Of(c => c.Text(text)).Rendered(Pages.System);
        rendered.Missing.ShouldBeEmpty($"a font for {script} is installed by .ci/run");
    }

    [Fact]
    public void What_no_font_has_is_a_visible_replacement_and_is_told()
    {
        var document = Pages.Of(static c => c.Text("before \U0001F9EA after"));
        document.Rendered().Missing.ShouldBe([0x1F9EA]);
        using var pdf = document.Read();
        pdf.Texts().ShouldBe(["before \uFFFD after"]);
    }

    [Fact]
    public void Without_any_font_the_error_says_what_to_do() =>
        Should.Throw<DocumentDrawingException>(static () => Pages.Of(static c => c.Text("x")).Rendered(new FontLibrary("/nowhere"))).Message.ShouldContain("No font was found");

    [Fact]
    public void Lines_are_clamped_with_a_sign()
    {
        using var pdf = Pages.Of(static c => c.Text(string.Join(' ', Enumerable.Repeat("word", 60))).ClampLines(2)).Read();
        var words = pdf.GetPage(1).GetWords().Select(static w => w.Text).ToList();
        words[^1].ShouldEndWith("…");
        pdf.GetPage(1).Letters.Select(static l => Math.Round(l.StartBaseLine.Y)).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void Text_is_aligned_as_asked()
    {
        using var pdf = Pages.Of(static c => c.Column(static column =>
        {
            column.Item().Text("left");
            column.Item().Text("right").AlignRight();
            column.Item().Text("middle").AlignCenter();
        })).Read();
        var page = pdf.GetPage(1);
        page.Left("left").ShouldBe(10, 1);
        page.Right("right").ShouldBe(190, 1);
        ((page.Left("middle") + page.Right("middle")) / 2).ShouldBe(100, 1);
    }

    [Fact]
    public void Control_characters_and_halves_of_pairs_do_no_harm()
    {
        using var pdf = Pages.Of(static c => c.Text("a\u0000b\td\r\ne\uD83Df")).Read();
        pdf.Texts().ShouldBe(["ab d e\uFFFDf"]);
    }
}
