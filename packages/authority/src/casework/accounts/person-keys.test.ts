import { describe, expect, test } from 'vitest'
import { type NamedPerson, personKeys } from './person-keys.ts'

const person = (familyName: string, givenNames = '', nameLanguage = 'ru', birthDate = '1987-04-12') => ({
  familyName,
  givenNames,
  nameLanguage,
  birthDate,
})
const found = (one: NamedPerson, other: NamedPerson) => {
  const kept = new Set(personKeys(one).kept)
  return personKeys(other).sought.some((key) => kept.has(key))
}
/** Whoever comes second finds the other. */
const same = (one: NamedPerson, other: NamedPerson) => [found(one, other), found(other, one)]

describe('a person is known again', () => {
  const anna = person('Щербакова', 'Анна Юрьевна')
  test.each([
    ['as the zone writes it', person('Shcherbakova', 'Anna Iurevna', 'en')],
    ['without the patronymic', person('Щербакова', 'Анна')],
    ['in French letters', person('Chtcherbakova', 'Anna', 'fr')],
    ['in German letters', person('Schtscherbakowa', 'Anna', 'de')],
    ['as an old passport had it', person('Scherbakova', 'Anna', 'en')],
    ['under the form for men', person('Щербаков', 'Анна')],
    ['with the names the other way round', person('Анна', 'Щербакова')],
    ['with all in one field', person('Щербакова Анна Юрьевна')],
    ['with all in one field, given name first', person('Анна Юрьевна Щербакова')],
    ['with a second family name', person('Щербакова-Иванова', 'Анна')],
  ])('%s', (_, other) => {
    expect(same(anna, other)).toEqual([true, true])
  })

  test.each([
    [person('Хрущёв', 'Евгений'), person('Khrushchev', 'Yevgeniy', 'en')],
    [person('Хрущёв', 'Евгений'), person('Hruscev', 'Jevgenij', 'en')],
    [person('Жуков', 'Юрий'), person('Jukov', 'Youri', 'fr')],
    [person('Цветков', 'Илья'), person('Tsvetkov', 'Ilia', 'en')],
    [person('Цветков', 'Илья'), person('Cvetkov', 'Ilja', 'en')],
    [person('Цветков', 'Илья'), person('Tzvetkoff', 'Ilya', 'en')],
    [person('Алексеев', 'Алексей'), person('Alexeev', 'Alexei', 'en')],
    [person('Григорьев', 'Сергей'), person('Hryhoriev', 'Serhii', 'en')],
    [person('Наталья'), person('Natalia', '', 'en')],
    [person('Щербакова', 'Юлія', 'uk'), person('Щербакова', 'Юлия')],
    [person('محمد', 'أحمد', 'ar'), person('Mohammed', 'Ahmad', 'en')],
  ])('in each of two spellings', (one, other) => {
    expect(same(one, other)).toEqual([true, true])
  })

  test('with a birth date that is known in part', () => {
    const year = person('Щербакова', 'Анна', 'ru', '1987-XX-XX')
    expect(same(anna, year)).toEqual([true, true])
    expect(same(year, year)).toEqual([true, true])
    const unknown = person('Щербакова', 'Анна', 'ru', 'XXXX-XX-XX')
    expect(same(unknown, unknown)).toEqual([true, true])
  })

  test('with month and day the other way round', () => {
    expect(same(anna, person('Щербакова', 'Анна', 'ru', '1987-12-04'))).toEqual([true, true])
  })
})

describe('somebody else is somebody else', () => {
  const anna = person('Щербакова', 'Анна Юрьевна')
  test.each([
    ['born on another day', person('Щербакова', 'Анна Юрьевна', 'ru', '1987-04-13')],
    ['born in another year', person('Щербакова', 'Анна Юрьевна', 'ru', '1988-04-12')],
    ['with another family name', person('Иванова', 'Анна Юрьевна')],
    ['with another given name', person('Щербакова', 'Мария Петровна')],
    ['of whom another year is known', person('Щербакова', 'Анна', 'ru', '1988-XX-XX')],
  ])('%s', (_, other) => {
    expect(same(anna, other)).toEqual([false, false])
  })
})

test('no name has so many keys that a case is hard to keep', () => {
  const long = Array.from({ length: 12 }, (_, i) => `Jcjcjc${'abcdefghijkl'[i]}x`).join(' ')
  const began = performance.now()
  expect(personKeys(person(long, long, 'en')).kept.length).toBeLessThanOrEqual(120)
  expect(performance.now() - began).toBeLessThan(500)
})
