using MLOpsGovernance.Reports.Charts;
using MLOpsGovernance.Reports.Layout;
using MLOpsGovernance.Reports.Layout.Drawing;
using MLOpsGovernance.Tests.HouseRules;
using Shouldly;
using SkiaSharp;
using Xunit;

namespace MLOpsGovernance.Tests.Reports;

/// <summary>
/// What only the eye judges: small pictures of primitives, approved by looking at them. Tolerance: no more than 1 % of the pixels may differ by more than 40 of 255 in a colour,
/// so that a newer version of Skia with other rounding passes and a moved line does not.
/// </summary>
public sealed class LayoutPictures
{
    private const int Scale = 2;

    private static readonly string Folder = Path.Combine(House.Root, "tests", "MLOpsGovernance.Tests", "Reports", "Pictures");

    private static readonly Dictionary<string, Action<IContainer>> Primitives = new(StringComparer.Ordinal)
    {
        ["boxes"] = static c => c.Row(static row =>
        {
            row.Spacing(10);
            row.RelativeItem().Height(40).Background(Colors.Blue.Lighten4).Border(2).BorderColor(Colors.Blue.Darken2);
            row.RelativeItem().Height(40).Background(Colors.Green.Lighten4).Border(2).BorderColor(Colors.Green.Darken2).CornerRadius(10);
            row.RelativeItem().Height(40).BackgroundLinearGradient(0, [Colors.White, Colors.Red.Medium]).BorderBottom(4).BorderAlignmentInside();
        }),
        ["text"] = static c => c.Text(static text =>
        {
            text.Span("Plain ");
            text.Span("bold ").Bold();
            text.Span("slanted ").Italic();
            text.Span("under ").Underline();
            text.Span("struck ").Strikethrough();
            text.Span("marked ").BackgroundColor(Colors.Yellow.Lighten2);
            text.Span("H");
            text.Span("2").Subscript();
            text.Span("O m");
            text.Span("2").Superscript();
            text.Span(" שלום 12");
        }),
        ["table"] = static c => c.Table(static table =>
        {
            table.ColumnsDefinition(static columns => { columns.RelativeColumn(2); columns.RelativeColumn(); columns.ConstantColumn(40); });
            table.Header(static header => { foreach (var head in new[] { "A", "B", "C" }) header.Cell().Background(Colors.Grey.Lighten3).Padding(2).Text(head).Bold(); });
            table.Cell().RowSpan(2).Border(0.5f).Padding(2).Text("two rows");
            table.Cell().ColumnSpan(2).Border(0.5f).Padding(2).Text("two columns");
            table.Cell().Border(0.5f).Padding(2).AlignRight().Text("12");
            table.Cell().Border(0.5f).Padding(2).AlignCenter().Text("x");
        }),
        ["lines"] = static c => c.Column(static column =>
        {
            column.Spacing(8);
            column.Item().LineHorizontal(2).LineColor(Colors.Red.Medium);
            column.Item().LineHorizontal(3).LineDashPattern([6, 3]);
            column.Item().LineHorizontal(4).LineGradient([Colors.Blue.Medium, Colors.White]);
            column.Item().Height(20).Row(static row => { row.AutoItem().LineVertical(2); row.RelativeItem(); row.AutoItem().LineVertical(2); });
        }),
        ["layers"] = static c => c.Layers(static layers =>
        {
            layers.Layer().Background(Colors.Amber.Lighten4);
            layers.PrimaryLayer().Padding(12).Text("primary").FontSize(14);
            layers.Layer().AlignRight().AlignBottom().Text("over").FontSize(8);
        }),
        ["inlined"] = static c => c.Inlined(static inlined =>
        {
            inlined.Spacing(4);
            inlined.AlignCenter();
            for (var i = 1; i <= 9; i++) inlined.Item().Width(12 + (i * 4)).Height(8 + (i % 3 * 6)).Background(Colors.Teal.Lighten2);
        }),
        ["svg"] = static c => c.Height(70).Svg("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 50\"><g transform=\"translate(10 5)\"><rect width=\"30\" height=\"20\" rx=\"4\" fill=\"#0B5394\"/><circle cx=\"55\" cy=\"15\" r=\"12\" fill=\"none\" stroke=\"#b8410b\" stroke-width=\"3\" stroke-dasharray=\"4 2\"/><path d=\"M0 35 L20 30 C40 20 60 50 80 32\" fill=\"none\" stroke=\"#00755a\" stroke-width=\"2\"/><text x=\"40\" y=\"44\" font-size=\"7\" text-anchor=\"middle\">svg text</text></g></svg>").FitArea(),
        ["bars"] = static c => c.Height(100).Svg(static size => new IntervalBars([new("chosen", 5, 3, 8, true), new("other", -2, -4, -1), new("unknown", double.NaN)], "EUR") { Title = "t", Finding = "f" }.ToSvg(size.Width, size.Height)),
        ["heat"] = static c => c.Height(100).Svg(static size => new HeatMap(["high", "low"], ["a", "b"], [[1, 9], [null, 4]], "n") { Title = "t", Finding = "f" }.ToSvg(size.Width, size.Height)),
    };

    public static TheoryData<string> Names => [.. Primitives.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Look_as_approved(string name)
    {
        using var surface = SKSurface.Create(new SKImageInfo(220 * Scale, 120 * Scale));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale(Scale);
        PdfWriter.DrawFirstPage(Pages.Of(Primitives[name], 220, 120), Pages.DejaVu, surface.Canvas);
        using var image = surface.Snapshot();
        using var received = SKBitmap.FromImage(image);
        var file = Path.Combine(Folder, $"{name}.approved.png");
        using var approved = File.Exists(file) ? SKBitmap.Decode(file) : null;
        var differing = approved is null || approved.Info.Size != received.Info.Size ? 1 : Share(approved, received);
        if (differing <= 0.01) return;
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(file.Replace("approved", "received", StringComparison.Ordinal), png.ToArray());
        differing.ShouldBeLessThanOrEqualTo(0.01, $"{name} looks otherwise than approved: see {name}.received.png");
    }

    private static double Share(SKBitmap a, SKBitmap b)
    {
        var differing = 0;
        for (var y = 0; y < a.Height; y++)
        {
            for (var x = 0; x < a.Width; x++)
            {
                var (p, q) = (a.GetPixel(x, y), b.GetPixel(x, y));
                if (Math.Abs(p.Red - q.Red) > 40 || Math.Abs(p.Green - q.Green) > 40 || Math.Abs(p.Blue - q.Blue) > 40) differing++;
            }
        }

        return differing / (double)(a.Width * a.Height);
    }
}
