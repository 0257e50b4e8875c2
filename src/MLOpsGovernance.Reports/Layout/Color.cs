using System.Globalization;

namespace MLOpsGovernance.Reports.Layout;

/// <summary>A colour as alpha, red, green and blue. Text of a colour is <c>#RGB</c>, <c>#ARGB</c>, <c>#RRGGBB</c> or <c>#AARRGGBB</c>.</summary>
public readonly struct Color : IEquatable<Color>
{
    public Color(uint hex) => Hex = hex;

    public uint Hex { get; }

    public byte Alpha => (byte)(Hex >> 24);

    public byte Red => (byte)(Hex >> 16);

    public byte Green => (byte)(Hex >> 8);

    public byte Blue => (byte)Hex;

    public static implicit operator Color(string hex) => FromHex(hex);

    public static implicit operator Color(uint hex) => new(hex);

    public static implicit operator string(Color color) => color.ToString();

    public static implicit operator uint(Color color) => color.Hex;

    public static bool operator ==(Color left, Color right) => left.Equals(right);

    public static bool operator !=(Color left, Color right) => !left.Equals(right);

    public static Color FromHex(string hex)
    {
        var digits = hex.AsSpan().TrimStart('#');
        if (digits.Length is not (3 or 4 or 6 or 8) || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            throw new ArgumentException($"'{hex}' is no colour: give #RGB, #ARGB, #RRGGBB or #AARRGGBB.", nameof(hex));
        return digits.Length switch
        {
            3 => new(0xFF000000 | Doubled(value)),
            4 => new(Doubled(value)),
            6 => new(0xFF000000 | value),
            _ => new(value),
        };
    }

    public static Color FromRGB(byte red, byte green, byte blue) => FromARGB(255, red, green, blue);

    public static Color FromARGB(byte alpha, byte red, byte green, byte blue) => new((uint)((alpha << 24) | (red << 16) | (green << 8) | blue));

    public Color WithAlpha(byte alpha) => new((Hex & 0x00FFFFFF) | ((uint)alpha << 24));

    public Color WithAlpha(float alpha) => WithAlpha((byte)Math.Round(Math.Clamp(alpha, 0, 1) * 255));

    public bool Equals(Color other) => Hex == other.Hex;

    public override bool Equals(object? obj) => obj is Color other && Equals(other);

    public override int GetHashCode() => Hex.GetHashCode();

    public override string ToString() => Alpha == 255 ? $"#{Hex & 0x00FFFFFF:X6}" : $"#{Hex:X8}";

    private static uint Doubled(uint value)
    {
        uint result = 0;
        for (var shift = 0; shift < 16; shift += 4) result |= ((value >> shift) & 0xF) * 0x11 << (shift * 2);
        return result;
    }
}
