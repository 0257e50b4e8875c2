using System.Globalization;

namespace MLOpsGovernance.Reports.Charts;

/// <summary>Numbers to points, over a range that begins and ends at round numbers.</summary>
internal sealed class Scale
{
    /// <summary>Nothing that is drawn is larger; what is stands at the edge, and the table has it.</summary>
    private const double Largest = 1e15;

    private const int MostTicks = 24;

    private readonly float _from;
    private readonly float _to;

    private Scale(double low, double high, double step, float from, float to) => (Low, High, Step, _from, _to) = (low, high, step, from, to);

    public double Low { get; }

    public double High { get; }

    public double Step { get; }

    public IEnumerable<double> Ticks
    {
        get
        {
            var count = (int)Math.Min(MostTicks, Math.Round((High - Low) / Step));
            for (var i = 0; i <= count; i++) yield return Low + (i * Step);
        }
    }

    /// <summary>What is not a number takes no part.</summary>
    public static Scale Over(IEnumerable<double> values, float from, float to, int ticks = 5, bool zero = true)
    {
        var finite = values.Where(double.IsFinite).Select(static v => Math.Clamp(v, -Largest, Largest)).DefaultIfEmpty(0).ToList();
        var (low, high) = (finite.Min(), finite.Max());
        if (zero) (low, high) = (Math.Min(0, low), Math.Max(0, high));
        if (high - low < 1e-12) high = low + Math.Max(1, Math.Abs(low));
        var raw = (high - low) / ticks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 };
        return new(Math.Floor(low / step) * step, Math.Ceiling(high / step) * step, step, from, to);
    }

    public float At(double value) => _from + (float)((Math.Clamp(double.IsFinite(value) ? value : Low, Low, High) - Low) / (High - Low) * (_to - _from));

    /// <summary>A number as an axis says it: 1.2k, 3.4M.</summary>
    public static string Short(double value)
    {
        var size = Math.Abs(value);
        var (scaled, unit) = size switch { >= 999_500_000 => (value / 1e9, "bn"), >= 999_500 => (value / 1e6, "M"), >= 10_000 => (value / 1e3, "k"), _ => (value, "") };
        var text = Math.Abs(scaled) switch { >= 100 => "#,0", >= 10 => "0.#", _ => "0.##" };
        return (scaled.ToString(text, CultureInfo.InvariantCulture) + unit).Replace('-', '−');
    }
}
