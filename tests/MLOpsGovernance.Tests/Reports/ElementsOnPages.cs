using MLOpsGovernance.Reports.Layout;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Reports;

public sealed class ElementsOnPages
{
    [Fact]
    public void A_column_goes_on_on_the_next_page()
    {
        using var pdf = Pages.Of(static c => c.Column(static column =>
        {
            column.Spacing(10);
            for (var i = 1; i <= 12; i++) column.Item().Height(40).Text($"item{i}");
        })).Read();
        pdf.Texts().ShouldBe(["item1 item2 item3", "item4 item5 item6", "item7 item8 item9", "item10 item11 item12"], "180 points hold 3 of 40 with gaps of 10");
        (pdf.GetPage(1).Top("item2") - pdf.GetPage(1).Top("item1")).ShouldBe(50, 0.1);
    }

    [Fact]
    public void Items_of_a_row_share_the_width_and_go_on_side_by_side()
    {
        using var pdf = Pages.Of(static c => c.Row(static row =>
        {
            row.Spacing(10);
            row.ConstantItem(40).Text("fixed");
            row.RelativeItem(1).Column(static column => { for (var i = 1; i <= 3; i++) column.Item().Height(90).Text($"a{i}"); });
            row.RelativeItem(2).Text("wide");
            row.AutoItem().Text("own");
        })).Read();
        pdf.Texts().ShouldBe(["fixed a1 wide own a2", "a3"], "what is done is not drawn again beside what goes on");
        var (first, wide) = (pdf.GetPage(1).Left("a1"), pdf.GetPage(1).Left("wide"));
        first.ShouldBe(60, 0.5);
        pdf.GetPage(1).Right("own").ShouldBe(190, 1, "the automatic item takes what it needs, at the end");
        (wide - first).ShouldBe((180 - 40 - 30 - (pdf.GetPage(1).Right("own") - pdf.GetPage(1).Left("own"))) / 3 + 10, 1.5);
    }

    [Fact]
    public void A_table_repeats_its_heads_and_keeps_all_rows()
    {
        using var pdf = Pages.Of(static c => c.Table(static table =>
        {
            table.ColumnsDefinition(static columns => { columns.ConstantColumn(50); columns.RelativeColumn(); });
            table.Header(static header => { header.Cell().Text("Key"); header.Cell().Text("Value"); });
            for (var i = 1; i <= 40; i++)
            {
                table.Cell().Text($"k{i}");
                table.Cell().Text($"v{i}");
            }
        })).Read();
        var texts = pdf.Texts();
        texts.ShouldAllBe(static t => t.StartsWith("Key Value", StringComparison.Ordinal));
        string.Join(' ', texts).Split(' ').Where(static w => w != "Key" && w != "Value").ShouldBe(Enumerable.Range(1, 40).SelectMany(static i => new[] { $"k{i}", $"v{i}" }));
        pdf.NumberOfPages.ShouldBeGreaterThan(2);
    }

    [Fact]
    public void Cells_span_rows_and_columns()
    {
        using var pdf = Pages.Of(static c => c.Table(static table =>
        {
            table.ColumnsDefinition(static columns => { for (var i = 0; i < 3; i++) columns.ConstantColumn(60); });
            table.Cell().ColumnSpan(2).Height(30).Text("wide");
            table.Cell().RowSpan(2).AlignBottom().Text("tall");
            table.Cell().Height(50).Text("left");
            table.Cell().Text("right");
            table.Cell().Row(4).Column(3).Text("placed");
        })).Read();
        var page = pdf.GetPage(1);
        page.Left("tall").ShouldBe(130, 0.5);
        page.Left("right").ShouldBe(70, 0.5);
        (page.Top("left") - page.Top("wide")).ShouldBe(30, 0.5);
        page.Top("tall").ShouldBeGreaterThan(70, "it ends with the second row");
        page.Left("placed").ShouldBe(130, 0.5);
    }

    [Fact]
    public void A_cell_higher_than_a_page_is_split_in_its_row()
    {
        var words = Enumerable.Range(1, 120).Select(static i => $"w{i}").ToList();
        using var pdf = Pages.Of(c => c.Table(table =>
        {
            table.ColumnsDefinition(static columns => { columns.ConstantColumn(60); columns.RelativeColumn(); });
            table.Cell().Text("once");
            table.Cell().Text(string.Join(' ', words));
            table.Cell().Text("after");
        }), height: 100).Read();
        string.Join(' ', pdf.Texts()).Split(' ').ShouldBe(["once", .. words, "after"]);
    }

    [Fact]
    public void What_must_stay_whole_begins_on_the_next_page()
    {
        using var pdf = Pages.Of(static c => c.Column(static column =>
        {
            column.Item().Height(120).Text("first");
            column.Item().ShowEntire().Column(static inner => { inner.Item().Height(50).Text("head"); inner.Item().Height(50).Text("body"); });
            column.Item().PageBreak();
            column.Item().Text("last");
        })).Read();
        pdf.Texts().ShouldBe(["first", "head body", "last"]);
    }

    [Fact]
    public void Space_is_ensured_only_for_what_does_not_fit_whole()
    {
        static string[] With(float needed)
        {
            using var pdf = Pages.Of(c => c.Column(column =>
            {
                column.Item().Height(100).Text("before");
                column.Item().EnsureSpace(needed).Column(static inner => { for (var i = 1; i <= 4; i++) inner.Item().Height(40).Text($"part{i}"); });
            })).Read();
            return pdf.Texts();
        }

        With(70).ShouldBe(["before part1 part2", "part3 part4"]);
        With(90).ShouldBe(["before", "part1 part2 part3 part4"]);
    }

    [Fact]
    public void Header_footer_and_page_numbers_repeat()
    {
        using var pdf = Document.Create(static document => document.Page(static page =>
        {
            page.Size(200, 120);
            page.Margin(10);
            page.DefaultTextStyle(static s => s.FontFamily("DejaVu Sans").FontSize(10));
            page.Header().Text("top");
            page.Footer().Text(static text => { text.CurrentPageNumber(); text.Span("/"); text.TotalPages(); });
            page.Content().Column(static column => { for (var i = 1; i <= 6; i++) column.Item().Section($"s{i}").Height(30).Text($"item{i}"); column.Item().Text(static text => { text.Span("fourth:"); text.BeginPageNumberOfSection("s4"); }); });
        })).Read();
        pdf.Texts().ShouldBe(["top item1 item2 1/3", "top item3 item4 2/3", "top item5 item6 fourth:2 3/3"]);
    }

    [Fact]
    public void Links_lead_to_addresses_and_to_sections_that_come_later()
    {
        using var pdf = Pages.Of(static c => c.Column(static column =>
        {
            column.Item().SectionLink("far").Text("go");
            column.Item().Hyperlink("https://example.org/x").Text("out");
            column.Item().PageBreak();
            column.Item().Section("far").Text("here");
        })).Read();
        var text = string.Join(' ', pdf.GetPage(1).GetAnnotations().Select(static a => a.AnnotationDictionary.ToString()));
        text.ShouldContain("https://example.org/x");
        text.ShouldContain("far");
    }

    [Fact]
    public void Consecutive_padding_adds_up_and_sizes_convert()
    {
        using var pdf = Pages.Of(static c => c.PaddingLeft(20).PaddingLeft(1, Unit.Centimetre).Text("here")).Read();
        pdf.GetPage(1).Left("here").ShouldBe(10 + 20 + 28.35, 0.6);
    }

    [Theory]
    [InlineData("image")]
    [InlineData("height")]
    [InlineData("whole")]
    [InlineData("text")]
    public void What_never_fits_is_an_error_that_names_it(string what)
    {
        var document = Pages.Of(c =>
        {
            switch (what)
            {
                case "image":
                    c.Column(static column => column.Item().Svg("<svg viewBox=\"0 0 10 40\" xmlns=\"http://www.w3.org/2000/svg\"/>"));
                    break;
                case "height":
                    c.Column(static column => column.Item().Height(900).Text("tall"));
                    break;
                case "whole":
                    c.ShowEntire().Column(static column => { for (var i = 0; i < 9; i++) column.Item().Height(40).Text("part"); });
                    break;
                default:
                    c.Row(static row => row.ConstantItem(3).Text("Wanderer above the mist"));
                    break;
            }
        });
        var message = Should.Throw<DocumentLayoutException>(() => document.Rendered()).Message;
        message.ShouldContain(what switch { "image" => "Svg of 10 × 40", "height" => "Constrained", "whole" => "Column", _ => "Text 'Wanderer above the mist'" });
        message.ShouldStartWith("Page 1: ");
        message.ShouldContain("Page ›");
    }

    [Fact]
    public void A_second_child_is_refused()
    {
        Should.Throw<DocumentComposeException>(static () => Pages.Of(static c => { c.Text("one"); c.Text("two"); }).Rendered()).Message.ShouldContain("takes one child");
        Should.Throw<DocumentComposeException>(static () => Pages.Of(static c => c.Table(static t => t.Cell().Text("x"))).Rendered()).Message.ShouldContain("ColumnsDefinition");
        Should.Throw<DocumentComposeException>(static () => Pages.Of(static c => c.Layers(static l => l.Layer().Text("x"))).Rendered()).Message.ShouldContain("primary");
    }
}
