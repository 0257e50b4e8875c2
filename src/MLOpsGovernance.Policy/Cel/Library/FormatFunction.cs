using System.Globalization;
using System.Text;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Library;

/// <summary><c>string.format(list)</c>: <c>%s %d %f %e %b %o %x %X %%</c>, with <c>%.N</c> before f and e.</summary>
internal static class FormatFunction
{
    private const int DefaultPrecision = 6;
    private const int MaxPrecision = 1000;

    public static void AddTo(LibraryBuilder library) => library.Member("string.format(list(A)): string",
        static (meter, a) => Format(meter, a[0].String, a[1].List),
        static sizes => 1 + Sizes.Tenth(sizes[0]) + sizes[1], static e => Printed(e[0].Size, e[1], MaxPrecision, true), static e => Work(e[0].Size, e[1], MaxPrecision, true));

    /// <summary>The most that a format which is written out can print and cost; without it every argument may be printed in the longest way.</summary>
    public static (long Cost, Extent Extent) Estimate(string format, Extent args)
    {
        var (precision, hex) = (-1, false);
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] != '%') continue;
            at++;
            if (!TryPrecision(format, ref at, out var given) || at >= format.Length) break;
            if (format[at] is 'f' or 'e') precision = Math.Max(precision, given ?? DefaultPrecision);
            hex |= format[at] is 'x' or 'X';
        }

        return (1 + Sizes.Tenth(format.Length) + args.Size + Work(format.Length, args, precision, hex), Printed(format.Length, args, precision, hex));
    }

    private static Extent Printed(long format, Extent args, int precision, bool hex) =>
        new(format + OperatorCost.Product(args.Size, OperatorCost.Product(hex ? 6 : 1, Length(args.Items)) + Math.Max(0, precision)));

    /// <summary>Longest number without an exponent, sign and point included.</summary>
    private const int Digits = 350;

    private static long Length(Extent value) => value.Item is { } item
        ? 2 + OperatorCost.Product(value.Size, 4 + Length(item) + (value.Key is { } key ? Length(key) : 0))
        : Math.Max(Digits, value.Size);

    private static long Parts(Extent value) => value.Item is { } item ? 1 + OperatorCost.Product(value.Size, Parts(item) + (value.Key is { } key ? Parts(key) : 0)) : 1 + Sizes.Tenth(value.Size);

    private static long Work(long format, Extent args, int precision, bool hex) =>
        Sizes.Tenth(Printed(format, args, precision, hex).Size) + OperatorCost.Product(args.Size, Parts(args.Items) + 2 + Math.Max(0, precision));

    private static CelValue Format(Meter meter, string format, CelList args)
    {
        var result = new StringBuilder(format.Length);
        var next = 0;
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] != '%')
            {
                result.Append(format[at]);
                continue;
            }

            if (++at < format.Length && format[at] == '%')
            {
                result.Append('%');
                continue;
            }

            if (!TryPrecision(format, ref at, out var precision)) return CelValue.Error($"a precision lies between 0 and {MaxPrecision}");
            if (at >= format.Length) return CelValue.Error("the format ends inside a clause");
            if (next >= args.Count) return CelValue.Error($"the format asks for argument {next}, there are {args.Count}");
            var failure = Append(meter, result, format[at], precision, args[next++]);
            if (failure.Kind == CelKind.Error) return failure;
        }

        return CelValue.Of(result.ToString());
    }

    private static bool TryPrecision(string format, ref int at, out int? precision)
    {
        precision = null;
        if (at >= format.Length || format[at] != '.') return true;
        var value = 0;
        for (at++; at < format.Length && char.IsAsciiDigit(format[at]); at++)
        {
            value = value * 10 + (format[at] - '0');
            if (value > MaxPrecision) return false;
        }

        precision = value;
        return true;
    }

    /// <summary>An error, or anything else.</summary>
    private static CelValue Append(Meter meter, StringBuilder to, char clause, int? precision, in CelValue value)
    {
        if (!value.IsValue) return value;
        var before = to.Length;
        switch (clause)
        {
            case 's':
                if (FormatText.Append(meter, to, value) is { Kind: CelKind.Error } failure) return failure;
                break;
            case 'd' when value.Kind is CelKind.Int or CelKind.UInt or CelKind.Double: FormatText.Append(meter, to, value); break;
            case 'f' or 'e' when value.IsNumber:
                if (!meter.Spend(1 + (precision ?? DefaultPrecision))) return CelError.Budget;
                to.Append(Decimals(value, clause, precision ?? DefaultPrecision));
                break;
            case 'b' when value.Kind == CelKind.Bool: to.Append(value.Bool ? '1' : '0'); break;
            case 'b' when value.Kind is CelKind.Int or CelKind.UInt: to.Append(Radix(value, 2)); break;
            case 'o' when value.Kind is CelKind.Int or CelKind.UInt: to.Append(Radix(value, 8)); break;
            case 'x' or 'X' when Hex(value) is { } hex: to.Append(clause == 'X' ? hex.ToUpperInvariant() : hex); break;
            case 'd' or 'f' or 'e' or 'b' or 'o' or 'x' or 'X': return CelValue.Error($"%{clause} does not take a {TypeNames.Of(value)}");
            default: return CelValue.Error($"%{clause} is no clause; there are %s %d %f %e %b %o %x %X and %%");
        }

        return meter.Spend(Sizes.Tenth(to.Length - before)) ? CelValue.True : CelError.Budget;
    }

    private static string Decimals(in CelValue value, char clause, int precision)
    {
        var number = value.Kind switch { CelKind.Int => value.Int, CelKind.UInt => value.UInt, _ => value.Double };
        if (!double.IsFinite(number)) return Numbers.PlainText(number);
        return clause == 'f' ? ExactDecimal.Fixed(number, precision) : ExactDecimal.Scientific(number, precision);
    }

    private static string Radix(in CelValue value, int radix)
    {
        var negative = value.Kind == CelKind.Int && value.Int < 0;
        var magnitude = value.Kind == CelKind.UInt ? value.UInt : negative ? unchecked((ulong)-value.Int) : (ulong)value.Int;
        var digits = new StringBuilder();
        do
        {
            digits.Insert(0, (char)('0' + (int)(magnitude % (ulong)radix)));
            magnitude /= (ulong)radix;
        }
        while (magnitude > 0);
        return negative ? $"-{digits}" : digits.ToString();
    }

    private static string? Hex(in CelValue value) => value.Kind switch
    {
        CelKind.Int when value.Int < 0 => "-" + unchecked((ulong)-value.Int).ToString("x", CultureInfo.InvariantCulture),
        CelKind.Int => value.Int.ToString("x", CultureInfo.InvariantCulture),
        CelKind.UInt => value.UInt.ToString("x", CultureInfo.InvariantCulture),
        CelKind.String => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value.String)),
        CelKind.Bytes => Convert.ToHexStringLower(value.Bytes),
        _ => null,
    };
}
