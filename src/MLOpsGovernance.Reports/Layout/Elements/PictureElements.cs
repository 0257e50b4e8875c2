using MLOpsGovernance.Reports.Layout.Drawing;
using SkiaSharp;

namespace MLOpsGovernance.Reports.Layout.Elements;

internal enum PictureFit { Width, Height, Area, Stretched }

/// <summary>A picture with sides of a fixed proportion.</summary>
internal abstract class PictureElement(float width, float height) : Element
{
    public PictureFit How { get; set; } = PictureFit.Width;

    public override string Name => $"{base.Name} of {width:0.#} × {height:0.#}";

    protected override SpacePlan Plan(Size space)
    {
        var size = Fitted(space);
        if (size.Width > space.Width + Tolerance || size.Height > space.Height + Tolerance)
            return SpacePlan.Wrap(this, $"needs {size.Width:0.#} × {size.Height:0.#} points where {space.Width:0.#} × {space.Height:0.#} are left");
        return SpacePlan.Full(size.Width, size.Height);
    }

    protected Size Fitted(Size space) => How switch
    {
        PictureFit.Stretched => space,
        PictureFit.Height => new(space.Height * width / height, space.Height),
        PictureFit.Area when space.Width / width > space.Height / height => new(space.Height * width / height, space.Height),
        _ => new(space.Width, space.Width * height / width),
    };
}

internal sealed class ImageElement(Image image) : PictureElement(image.Picture.Width, image.Picture.Height)
{
    protected override void Paint(Size space, PageContext page)
    {
        var size = Fitted(space);
        page.Canvas?.DrawImage(image.Picture, new SKRect(0, 0, size.Width, size.Height), new SKSamplingOptions(SKCubicResampler.Mitchell));
    }
}

internal sealed class SvgElement(SvgPicture picture) : PictureElement(picture.Width, picture.Height)
{
    private RenderContext? _context;

    public override void Inherit(Inherited around) => _context = around.Context;

    protected override void Paint(Size space, PageContext page)
    {
        var size = Fitted(space);
        if (page.Canvas is { } canvas) picture.Draw(canvas, size, _context!);
    }
}

/// <summary>A picture that is made for the size it gets.</summary>
internal sealed class DynamicSvgElement(GenerateDynamicSvgDelegate source) : Element
{
    private RenderContext? _context;

    public override string Name => "Svg";

    public override void Inherit(Inherited around) => _context = around.Context;

    protected override SpacePlan Plan(Size space) => SpacePlan.Full(space.Width, space.Height);

    protected override void Paint(Size space, PageContext page)
    {
        if (page.Canvas is { } canvas && source(space) is { } svg) SvgPicture.Parse(svg).Draw(canvas, space, _context!);
    }
}
