using MLOpsGovernance.Reports.Layout.Drawing;
using MLOpsGovernance.Reports.Layout.Elements;
using SkiaSharp;

namespace MLOpsGovernance.Reports.Layout;

/// <summary>Answers the SVG for a size, or null for nothing.</summary>
public delegate string? GenerateDynamicSvgDelegate(Size size);

public static class ImageExtensions
{
    public static ImageDescriptor Image(this IContainer parent, byte[] imageData) => parent.Image(Layout.Image.FromBinaryData(imageData));

    public static ImageDescriptor Image(this IContainer parent, string filePath) => parent.Image(Layout.Image.FromFile(filePath));

    public static ImageDescriptor Image(this IContainer parent, Stream fileStream) => parent.Image(Layout.Image.FromStream(fileStream));

    public static ImageDescriptor Image(this IContainer parent, Image image) => new(parent.Put(new ImageElement(image)));

    public static SvgImageDescriptor Svg(this IContainer container, string svg) => container.Svg(SvgImage.FromText(svg));

    public static SvgImageDescriptor Svg(this IContainer parent, SvgImage image) => new(parent.Put(new SvgElement(image.Picture)));

    public static void Svg(this IContainer element, GenerateDynamicSvgDelegate dynamicSvgSource) => element.Put(new DynamicSvgElement(dynamicSvgSource));
}

public sealed class Image : IDisposable
{
    private Image(SKImage picture) => Picture = picture;

    internal SKImage Picture { get; }

    public static Image FromBinaryData(byte[] imageBytes) =>
        new(SKImage.FromEncodedData(imageBytes) ?? throw new DocumentComposeException("The image is none that can be read here: give PNG, JPEG or WebP."));

    public static Image FromFile(string filePath) => FromBinaryData(File.ReadAllBytes(filePath));

    public static Image FromStream(Stream stream)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return FromBinaryData(memory.ToArray());
    }

    public void Dispose() => Picture.Dispose();
}

public sealed class ImageDescriptor
{
    private readonly ImageElement _image;

    internal ImageDescriptor(ImageElement image) => _image = image;

    /// <summary>Images are always embedded as they came; kept for documents that say so.</summary>
    public ImageDescriptor UseOriginalImage(bool value = true) => this;

    public ImageDescriptor WithRasterDpi(int dpi) => this;

    public ImageDescriptor WithCompressionQuality(ImageCompressionQuality quality) => this;

    public ImageDescriptor FitWidth() => Fitted(PictureFit.Width);

    public ImageDescriptor FitHeight() => Fitted(PictureFit.Height);

    public ImageDescriptor FitArea() => Fitted(PictureFit.Area);

    public ImageDescriptor FitUnproportionally() => Fitted(PictureFit.Stretched);

    private ImageDescriptor Fitted(PictureFit fit)
    {
        _image.How = fit;
        return this;
    }
}

public sealed class SvgImage : IDisposable
{
    private SvgImage(SvgPicture picture) => Picture = picture;

    internal SvgPicture Picture { get; }

    public static SvgImage FromFile(string filePath) => FromText(File.ReadAllText(filePath));

    public static SvgImage FromText(string svg) => new(SvgPicture.Parse(svg));

    public void Dispose()
    {
        // A picture is plain data; the vocabulary has it disposable.
    }
}

public sealed class SvgImageDescriptor
{
    private readonly SvgElement _image;

    internal SvgImageDescriptor(SvgElement image) => _image = image;

    public SvgImageDescriptor FitWidth() => Fitted(PictureFit.Width);

    public SvgImageDescriptor FitHeight() => Fitted(PictureFit.Height);

    public SvgImageDescriptor FitArea() => Fitted(PictureFit.Area);

    private SvgImageDescriptor Fitted(PictureFit fit)
    {
        _image.How = fit;
        return this;
    }
}
