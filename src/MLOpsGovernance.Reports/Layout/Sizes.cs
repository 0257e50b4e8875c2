namespace MLOpsGovernance.Reports.Layout;

public enum Unit { Point = 0, Meter = 1, Centimetre = 2, Millimetre = 3, Feet = 4, Inch = 5, Mil = 6 }

public readonly struct Size : IEquatable<Size>
{
    public const float Infinity = 14400;

    public readonly float Width;
    public readonly float Height;

    public Size(float width, float height) => (Width, Height) = (width, height);

    public static Size Zero { get; } = new(0, 0);

    public static Size Max { get; } = new(Infinity, Infinity);

    public static bool operator ==(Size left, Size right) => left.Equals(right);

    public static bool operator !=(Size left, Size right) => !left.Equals(right);

    public bool Equals(Size other) => Width.Equals(other.Width) && Height.Equals(other.Height);

    public override bool Equals(object? obj) => obj is Size other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Width, Height);
}

public sealed class PageSize
{
    public readonly float Width;
    public readonly float Height;

    public PageSize(float width, float height, Unit unit = Unit.Point) => (Width, Height) = (width.ToPoints(unit), height.ToPoints(unit));

    public static implicit operator Size(PageSize pageSize) => new(pageSize.Width, pageSize.Height);
}

public static class PageSizeExtensions
{
    public static PageSize Portrait(this PageSize size) => new(Math.Min(size.Width, size.Height), Math.Max(size.Width, size.Height));

    public static PageSize Landscape(this PageSize size) => new(Math.Max(size.Width, size.Height), Math.Min(size.Width, size.Height));
}

internal static class Lengths
{
    private const float PerInch = 72;
    private const float PerCentimetre = PerInch / 2.54f;

    public static float ToPoints(this float value, Unit unit) => unit switch
    {
        Unit.Point => value,
        Unit.Meter => value * 100 * PerCentimetre,
        Unit.Centimetre => value * PerCentimetre,
        Unit.Millimetre => value * PerCentimetre / 10,
        Unit.Feet => value * 12 * PerInch,
        Unit.Inch => value * PerInch,
        Unit.Mil => value * PerInch / 1000,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Unknown unit of length."),
    };

    /// <summary>A size, which is never negative.</summary>
    public static float ToSize(this float value, Unit unit) =>
        value >= 0 ? value.ToPoints(unit) : throw new ArgumentOutOfRangeException(nameof(value), value, "A size cannot be negative or not a number.");
}
