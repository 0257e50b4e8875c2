using System.Globalization;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Syntax;

/// <summary>Cuts source text into tokens, in one pass.</summary>
internal sealed class Lexer(string source)
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal) { "false", "in", "null", "true" };

    private int _at;

    public static List<Token> Read(string source)
    {
        var lexer = new Lexer(source);
        var tokens = new List<Token>(source.Length / 4 + 2);
        do tokens.Add(lexer.Next());
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private Token Next()
    {
        SkipBlank();
        if (_at >= source.Length) return new(TokenKind.End, source.Length, source.Length);

        var c = source[_at];
        if (IsNameStart(c)) return NameOrPrefixedString();
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1)))) return Number();
        return c switch
        {
            '"' or '\'' => Text(_at, raw: false, bytes: false),
            '`' => QuotedName(),
            _ => Sign(c),
        };
    }

    private void SkipBlank()
    {
        while (_at < source.Length)
        {
            if (source[_at] is ' ' or '\t' or '\n' or '\r' or '\f') _at++;
            else if (source[_at] == '/' && Peek(1) == '/')
            {
                var end = source.AsSpan(_at).IndexOfAny('\n', '\r');
                _at = end < 0 ? source.Length : _at + end;
            }
            else return;
        }
    }

    private char Peek(int ahead) => _at + ahead < source.Length ? source[_at + ahead] : '\0';

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private Token NameOrPrefixedString()
    {
        var start = _at;
        while (_at < source.Length && IsNamePart(source[_at])) _at++;
        var name = source[start.._at];
        if (_at < source.Length && source[_at] is '"' or '\'' && name.Length <= 2)
        {
            var lower = name.ToLowerInvariant();
            if (lower is "r" or "b" or "br") return Text(start, lower.Contains('r', StringComparison.Ordinal), lower.Contains('b', StringComparison.Ordinal));
        }

        return new(Keywords.Contains(name) ? TokenKind.Keyword : TokenKind.Identifier, start, _at, name);
    }

    private Token QuotedName()
    {
        var start = _at++;
        while (_at < source.Length && (IsNamePart(source[_at]) || source[_at] is '.' or '-' or '/' or ' ')) _at++;
        if (Peek(0) != '`' || _at == start + 1)
            throw new CelSyntaxException("A back-quoted name holds letters, digits, '_', '.', '-', '/' and spaces, and ends with a back-quote.", start);
        _at++;
        return new(TokenKind.QuotedIdentifier, start, _at, source[(start + 1)..(_at - 1)]);
    }

    private Token Text(int start, bool raw, bool bytes)
    {
        var value = StringLiteral.Read(source, ref _at, raw, bytes);
        return new(bytes ? TokenKind.Bytes : TokenKind.String, start, _at, Value: value);
    }

    private Token Number()
    {
        var start = _at;
        if (source[_at] == '0' && Peek(1) == 'x')
        {
            _at += 2;
            while (_at < source.Length && char.IsAsciiHexDigit(source[_at])) _at++;
            if (_at == start + 2) throw new CelSyntaxException("'0x' must be followed by hexadecimal digits.", start);
            return Integer(start);
        }

        SkipDigits();
        var isDouble = false;
        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            isDouble = true;
            _at++;
            SkipDigits();
        }

        if (Peek(0) is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            isDouble = true;
            _at += 2;
            SkipDigits();
        }

        if (!isDouble) return Integer(start);
        EndNumber(start);
        // Too large or too small is infinity or zero, without complaint.
        return new(TokenKind.Double, start, _at, source[start.._at], CelValue.Of(double.Parse(source.AsSpan(start, _at - start), CultureInfo.InvariantCulture)));
    }

    private Token Integer(int start)
    {
        var digits = source[start.._at];
        var unsigned = Peek(0) is 'u' or 'U';
        if (unsigned) _at++;
        EndNumber(start);
        return new(unsigned ? TokenKind.UInt : TokenKind.Int, start, _at, digits);
    }

    private void EndNumber(int start)
    {
        if (_at < source.Length && IsNamePart(source[_at]))
            throw new CelSyntaxException($"'{source[start..(_at + 1)]}' is neither a number nor a name.", start);
    }

    private void SkipDigits()
    {
        while (_at < source.Length && char.IsAsciiDigit(source[_at])) _at++;
    }

    private Token Sign(char c)
    {
        var (kind, length) = (c, Peek(1)) switch
        {
            ('=', '=') => (TokenKind.Equal, 2),
            ('!', '=') => (TokenKind.NotEqual, 2),
            ('<', '=') => (TokenKind.LessOrEqual, 2),
            ('>', '=') => (TokenKind.GreaterOrEqual, 2),
            ('&', '&') => (TokenKind.And, 2),
            ('|', '|') => (TokenKind.Or, 2),
            ('.', _) => (TokenKind.Dot, 1),
            (',', _) => (TokenKind.Comma, 1),
            (':', _) => (TokenKind.Colon, 1),
            ('?', _) => (TokenKind.Question, 1),
            ('(', _) => (TokenKind.OpenParen, 1),
            (')', _) => (TokenKind.CloseParen, 1),
            ('[', _) => (TokenKind.OpenBracket, 1),
            (']', _) => (TokenKind.CloseBracket, 1),
            ('{', _) => (TokenKind.OpenBrace, 1),
            ('}', _) => (TokenKind.CloseBrace, 1),
            ('+', _) => (TokenKind.Plus, 1),
            ('-', _) => (TokenKind.Minus, 1),
            ('*', _) => (TokenKind.Star, 1),
            ('/', _) => (TokenKind.Slash, 1),
            ('%', _) => (TokenKind.Percent, 1),
            ('!', _) => (TokenKind.Not, 1),
            ('<', _) => (TokenKind.Less, 1),
            ('>', _) => (TokenKind.Greater, 1),
            ('=', _) => throw new CelSyntaxException("A single '=' compares nothing; write '=='.", _at),
            ('&' or '|', _) => throw new CelSyntaxException($"A single '{c}' is no operator; write '{c}{c}'.", _at),
            _ => throw new CelSyntaxException($"The character {Name(c)} has no meaning here.", _at),
        };
        var start = _at;
        _at += length;
        return new(kind, start, _at);
    }

    private static string Name(char c) => c is > ' ' and < '\u007f' ? $"'{c}'" : string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4}");
}
